package fr.jalon.bot.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import fr.jalon.bot.conversation.Intent.Ask;
import fr.jalon.bot.conversation.Intent.Command;
import fr.jalon.bot.conversation.Intent.Topic;
import fr.jalon.bot.conversation.Intent.Unreadable;
import org.junit.jupiter.api.Test;

class IntentTest {
  @Test
  void readsCommandsAsTheyAreTyped() {
    assertThat(Intent.of("/oublier")).isEqualTo(new Command(Topic.FORGET));
    assertThat(Intent.of(" /Aide@JalonBot merci")).isEqualTo(new Command(Topic.HELP));
    assertThat(Intent.of("/start depuis-le-site")).isEqualTo(new Command(Topic.START));
  }

  @Test
  void asksWhatIsNoCommand() {
    assertThat(Intent.of("c koi la vae")).isEqualTo(new Ask("c koi la vae"));
    assertThat(Intent.of("/vae combien")).isEqualTo(new Ask("vae combien"));
    assertThat(Intent.of("  ")).isEqualTo(new Unreadable());
  }
}
