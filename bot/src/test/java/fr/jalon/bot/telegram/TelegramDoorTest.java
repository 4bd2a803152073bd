package fr.jalon.bot.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.jalon.bot.Shipped;
import fr.jalon.bot.conversation.Serving;
import fr.jalon.bot.conversation.Talk;
import fr.jalon.bot.conversation.Wording;
import fr.jalon.bot.question.Turn;
import fr.jalon.bot.store.Store;
import fr.jalon.bot.telegram.FakeBotApi.Fault;
import fr.jalon.bot.telegram.FakeBotApi.Sent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The door as people and operators know it, over HTTP against a Bot API that enforces its rules.
 */
class TelegramDoorTest {
  private static final long CAMILLE = 11;
  private static final long SAM = 12;
  private static final long GROUP = -100;
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LONG = Duration.ofSeconds(10);

  private static Serving serving;

  @TempDir Path folder;

  private final FakeBotApi telegram = new FakeBotApi();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final CountDownLatch longWaits = new CountDownLatch(1);
  private final Wording wording =
      new Wording("la ville de test", Duration.ofDays(1), ZoneId.of("Europe/Paris"));
  private Store store;
  private TelegramDoor door;
  private Optional<TelegramDoor.Webhook> webhook = Optional.empty();

  @BeforeAll
  static void serve() {
    Shipped.snapshot();
    serving = new Serving(Shipped.directory());
  }

  @AfterAll
  static void stopServing() {
    serving.close();
  }

  @BeforeEach
  void openStore() {
    store =
        Store.open(
            "jdbc:sqlite:" + folder.resolve("jalon.db"),
            Duration.ofDays(1),
            InstantSource.system());
  }

  @AfterEach
  void close() throws InterruptedException {
    longWaits.countDown();
    if (door != null) {
      door.close();
    }
    store.close();
    telegram.close();
  }

  private void start() {
    door = door(FakeBotApi.TOKEN);
    door.start();
  }

  private TelegramDoor door(String token) {
    return new TelegramDoor(
        telegram.url(),
        token,
        webhook,
        new Talk(serving, wording),
        wording,
        store,
        InstantSource.system(),
        told::add,
        this::pause);
  }

  private void restart() throws InterruptedException {
    door.close();
    start();
  }

  /** Short waits pass quickly, long ones last until the test lets them go. */
  private void pause(Duration duration) throws InterruptedException {
    if (duration.compareTo(LONG) >= 0) {
      longWaits.await();
    } else {
      Thread.sleep(Duration.ofMillis(1));
    }
  }

  private List<Sent> await(long chat, int count) {
    return telegram.awaitSent(chat, count, PATIENCE);
  }

  private Sent ask(long chat, String question) {
    int before = telegram.sent(chat).size();
    telegram.says(chat, question);
    return await(chat, before + 1).get(before);
  }

  @Test
  void answersWithNumberedLinksToTheSourcesAndQuestionsAsButtons() {
    start();
    Sent reply = ask(CAMILLE, "Combien coûte une VAE ?");
    assertThat(reply.text()).contains("[1]", "Sources", "vérifié le");
    assertThat(reply.entities()).isNotEmpty();
    for (JsonNode entity : reply.entities()) {
      assertThat(entity.path("type").asText()).isEqualTo("text_link");
      assertThat(entity.path("url").asText()).startsWith("https://");
      int offset = entity.path("offset").asInt();
      assertThat(reply.text().substring(offset, offset + entity.path("length").asInt()))
          .matches("\\[[0-9]+\\]");
    }
    assertThat(reply.replyMarkup().path("inline_keyboard")).isNotEmpty();
    assertThat(
            lastParams("sendMessage").path("link_preview_options").path("is_disabled").asBoolean())
        .isTrue();
  }

  private JsonNode lastParams(String method) {
    List<FakeBotApi.Call> calls = telegram.calls(method);
    return calls.get(calls.size() - 1).params();
  }

  @Test
  void saysTheSameAsTheOtherDoors() {
    start();
    String question = "mon patron il peut refuser mon congé vae ?";
    assertThat(ask(CAMILLE, question).text())
        .startsWith(wording.text(serving.answer(question, List.of())));
  }

  @Test
  void followsAConversation() {
    start();
    ask(CAMILLE, "comment marche la VAPP ?");
    assertThat(ask(CAMILLE, "et ça coûte combien ?").text()).contains("VAPP");
  }

  @Test
  void asksATappedQuestionAndAcknowledgesTheTap() {
    start();
    Sent reply = ask(CAMILLE, "Combien coûte une VAE ?");
    String question =
        reply.replyMarkup().path("inline_keyboard").path(0).path(0).path("text").asText();
    telegram.taps(CAMILLE, reply.messageId(), reply.callbackData(question));
    assertThat(await(CAMILLE, 2).get(1).text()).startsWith("« " + question + " »");
    telegram.awaitCalls("answerCallbackQuery", 1, PATIENCE);
  }

  @Test
  void asksForTheQuestionOfAButtonThatIsTooOld() {
    start();
    Sent reply = ask(CAMILLE, "Combien coûte une VAE ?");
    telegram.taps(CAMILLE, reply.messageId(), "q99");
    assertThat(await(CAMILLE, 2).get(1).text()).contains("trop ancien");
  }

  @Test
  void tellsOnceWhoeverFloodsItAndAnswersOthers() {
    start();
    telegram.failNext("sendMessage", CAMILLE, new Fault.TooMany(30));
    telegram.says(CAMILLE, "c'est quoi la VAE");
    telegram.awaitCalls("sendMessage", 1, PATIENCE);
    IntStream.range(0, 60).forEach(i -> telegram.says(CAMILLE, "encore " + i));
    ask(SAM, "c'est quoi le CPF");
    longWaits.countDown();
    List<Sent> sent =
        telegram.awaitSent(
            CAMILLE, replies -> replies.size() >= 32 && store.waiting().isEmpty(), PATIENCE);
    assertThat(sent).hasSize(32);
    assertThat(sent).filteredOn(reply -> reply.text().contains("d'un coup")).hasSize(1);
  }

  @Test
  void changesItsAnswerWhenTheQuestionIsEdited() {
    start();
    Sent first = ask(CAMILLE, "Combien coûte une VAE ?");
    telegram.edits(CAMILLE, 1, "C'est quoi NetYpareo ?");
    telegram.awaitCalls("editMessageText", 1, PATIENCE);
    List<Sent> now = telegram.sent(CAMILLE);
    assertThat(now).hasSize(1);
    assertThat(now.get(0).messageId()).isEqualTo(first.messageId());
    assertThat(now.get(0).text()).contains("NetYpareo");
    assertThat(store.turns(CAMILLE, 0)).hasSize(2);
  }

  @Test
  void answersOneChatInOrder() {
    start();
    IntStream.range(0, 6)
        .forEach(i -> telegram.says(CAMILLE, "/vae numéro " + i + " ça coûte combien"));
    await(CAMILLE, 6);
    List<String> asked =
        store.turns(CAMILLE, 0).stream()
            .filter(turn -> turn.role() == Turn.Role.USER)
            .map(Turn::content)
            .toList();
    assertThat(asked).hasSize(6).isSorted();
  }

  @Test
  void answersOthersWhileOneChatMustWait() {
    start();
    telegram.failNext("sendMessage", CAMILLE, new Fault.TooMany(30));
    telegram.says(CAMILLE, "c'est quoi la VAE");
    telegram.awaitCalls("sendMessage", 1, PATIENCE);
    ask(SAM, "c'est quoi le CPF");
    assertThat(telegram.sent(CAMILLE)).isEmpty();
    longWaits.countDown();
    assertThat(await(CAMILLE, 1)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\": \"nonsense\"}",
        "{\"message\": {\"chat\": {\"id\": \"no number\"}, \"text\": 5}}",
        "{\"something_new\": {\"a\": 1}}",
        "{}",
      })
  void passesOverAnUpdateThatItCannotRead(String update) {
    start();
    long poison = telegram.raw(update);
    ask(CAMILLE, "c'est quoi la VAE");
    telegram.awaitConfirmed(poison, PATIENCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"getUpdates", "sendMessage", "getMe", "setMyCommands"})
  void goesOnWhateverTheServerDoes(String method) {
    telegram.failNext(method, new Fault.Status(500, "{\"ok\":false,\"error_code\":500}"));
    telegram.failNext(method, new Fault.Status(502, "<html><body>Bad Gateway</body></html>"));
    telegram.failNext(method, new Fault.Status(200, "not json"));
    telegram.failNext(method, new Fault.TooMany(1));
    telegram.failNext(method, new Fault.Cut());
    start();
    assertThat(ask(CAMILLE, "c'est quoi la VAE").text()).contains("VAE");
    assertThat(telegram.sent(CAMILLE)).hasSize(1);
  }

  @Test
  void repeatsAtMostTheReplyInFlight() {
    start();
    telegram.failNext("sendMessage", new Fault.CutAfter());
    telegram.says(CAMILLE, "c'est quoi la VAE");
    await(CAMILLE, 2);
    ask(CAMILLE, "et le CPF ?");
    assertThat(telegram.sent(CAMILLE)).hasSize(3);
  }

  @Test
  void takesAnUpdateOnceThoughItIsSentAgain() throws InterruptedException {
    start();
    telegram.failNext("getUpdates", new Fault.CutAfter());
    telegram.says(CAMILLE, "c'est quoi la VAE");
    await(CAMILLE, 1);
    restart();
    ask(CAMILLE, "c'est quoi le CPF");
    assertThat(telegram.sent(CAMILLE)).hasSize(2);
  }

  @Test
  void sendsAfterARestartWhatCouldNotBeSent() throws InterruptedException {
    start();
    telegram.failNext("sendMessage", new Fault.TooMany(600));
    telegram.says(CAMILLE, "c'est quoi la VAE");
    telegram.awaitCalls("sendMessage", 1, PATIENCE);
    restart();
    assertThat(await(CAMILLE, 1).get(0).text()).contains("VAE");
  }

  @Test
  void sendsNoReplyAgainOfWhichTheReceiptCannotBeRead() {
    start();
    telegram.failNext(
        "sendMessage", new Fault.Status(200, "{\"ok\":true,\"result\":{\"message_id\":{}}}"));
    telegram.says(CAMILLE, "c'est quoi la VAE");
    telegram.awaitCalls("sendMessage", 1, PATIENCE);
    ask(CAMILLE, "c'est quoi le CPF");
    assertThat(telegram.sent(CAMILLE)).hasSize(1);
  }

  @Test
  void hearsWhoeverComesBack() {
    telegram.says(CAMILLE, "c'est quoi la VAE");
    telegram.blocks(CAMILLE);
    telegram.unblocks(CAMILLE);
    telegram.says(CAMILLE, "/start");
    start();
    telegram.awaitSent(
        CAMILLE,
        replies -> replies.stream().anyMatch(r -> r.text().startsWith("Bonjour")),
        PATIENCE);
  }

  @Test
  void answersThoughItsCommandsAreRefused() {
    telegram.failNext("setMyCommands", new Fault.TooMany(600));
    start();
    assertThat(ask(CAMILLE, "c'est quoi la VAE").text()).contains("VAE");
  }

  @Test
  void writesNoMoreToWhoeverBlocksItAndForgetsThem() {
    start();
    ask(CAMILLE, "c'est quoi la VAE");
    telegram.awaitConfirmed(telegram.blocks(CAMILLE), PATIENCE);
    ask(SAM, "c'est quoi le CPF");
    assertThat(store.turns(CAMILLE, 0)).isEmpty();
    assertThat(store.waiting()).doesNotContain(CAMILLE);
  }

  @ParameterizedTest
  @CsvSource({
    "start, pas une administration",
    "aide, /oublier",
    "routes, Comment",
    "sources, Service-Public",
    "mesdonnees, 24 heures",
    "confidentialite, la ville de test",
    "humain, mon-cep.org",
  })
  void saysOfItselfWhatACommandAsks(String command, String said) {
    start();
    assertThat(ask(CAMILLE, "/" + command).text()).contains(said);
  }

  @Test
  void showsItsCommandsAndWhatItIs() {
    start();
    ask(CAMILLE, "/start");
    assertThat(lastParams("setMyCommands").path("commands")).hasSize(8);
    assertThat(lastParams("setMyDescription").path("description").asText()).contains("Jalon");
  }

  @Test
  void erasesAConversationAtOnceWithAReceipt() {
    start();
    ask(CAMILLE, "c'est quoi la VAE");
    ask(SAM, "c'est quoi le CPF");
    assertThat(ask(CAMILLE, "/oublier").text())
        .contains("Messages de la conversation effacés : 2.", "Reste enregistré : 0.");
    assertThat(store.turns(CAMILLE, 0)).isEmpty();
    assertThat(store.turns(SAM, 0)).hasSize(2);
  }

  @Test
  void keepsNoPersonalNumber() {
    start();
    Sent reply = ask(CAMILLE, "mon numéro 1 85 05 78 006 084 36 suffit pour une VAE ?");
    assertThat(reply.text()).startsWith("J'ai masqué votre numéro de sécurité sociale");
    assertThat(store.turns(CAMILLE, 0))
        .extracting(Turn::content)
        .noneMatch(said -> said.contains("006"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"voice", "photo", "document", "sticker", "location"})
  void saysKindlyWhatItReads(String kind) {
    start();
    telegram.says(
        CAMILLE,
        "private",
        "",
        message -> {
          message.remove("text");
          content(message, kind);
        });
    assertThat(await(CAMILLE, 1).get(0).text()).startsWith("Je ne lis que les messages écrits");
  }

  private static void content(ObjectNode message, String kind) {
    ObjectNode file =
        (kind.equals("photo") ? message.putArray(kind).addObject() : message.putObject(kind));
    if (kind.equals("location")) {
      file.put("latitude", 49.1).put("longitude", 6.2);
    } else {
      file.put("file_id", "f").put("file_unique_id", "u").put("duration", 3);
      file.put("width", 10).put("height", 10);
    }
  }

  @Test
  void speaksInAGroupOnlyWhenSpokenTo() {
    start();
    Consumer<ObjectNode> asIs = message -> {};
    telegram.says(GROUP, "supergroup", "quelqu'un connaît la VAE ?", asIs);
    telegram.says(GROUP, "supergroup", "/aide@another_bot", asIs);
    telegram.says(GROUP, "supergroup", "@jalon_test_bot c'est quoi le CPF", asIs);
    assertThat(await(GROUP, 1).get(0).text().toLowerCase(Locale.FRENCH)).contains("cpf");
    telegram.says(GROUP, "supergroup", "/aide@jalon_test_bot", asIs);
    await(GROUP, 2);
    telegram.says(
        GROUP,
        "supergroup",
        "et la VAE ?",
        message -> {
          ObjectNode answered = message.putObject("reply_to_message");
          answered.put("message_id", 1).put("date", 1);
          answered.putObject("chat").put("id", GROUP).put("type", "supergroup");
          answered
              .putObject("from")
              .put("id", 4242)
              .put("is_bot", true)
              .put("first_name", "Jalon")
              .put("username", "jalon_test_bot");
        });
    await(GROUP, 3);
    assertThat(telegram.sent(GROUP)).hasSize(3);
  }

  @Test
  void tellsTheOperatorThatTheTokenIsRefused() throws InterruptedException {
    door = door("4242:wrong");
    door.start();
    assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).contains("TELEGRAM_BOT_TOKEN");
  }

  @Test
  void tellsTheOperatorThatAnotherProgramReadsTheUpdates() throws InterruptedException {
    telegram.failNext(
        "getUpdates",
        new Fault.Status(409, "{\"ok\":false,\"error_code\":409,\"description\":\"Conflict\"}"));
    start();
    assertThat(told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).contains("un autre programme");
    ask(CAMILLE, "c'est quoi la VAE");
  }

  @Test
  void takesUpdatesThatAreSentWithTheSecretOnceStored() {
    webhook =
        Optional.of(
            new TelegramDoor.Webhook(
                URI.create("https://jalon.example.org/telegram"), "a-secret-of-the-tests"));
    start();
    telegram.awaitCalls("setMyDescription", 1, PATIENCE);
    while (receive("a-secret-of-the-tests", "{}") == 503) {
      Thread.onSpinWait();
    }
    telegram.says(CAMILLE, "known to the server");
    String update =
        """
        {"update_id": 9, "message": {"message_id": 2, "date": 1, "text": "c'est quoi la VAE",
         "chat": {"id": 11, "type": "private"}, "from": {"id": 11, "is_bot": false, "first_name": "C"}}}
        """;
    assertThat(receive("another", update)).isEqualTo(403);
    assertThat(receive(null, update)).isEqualTo(403);
    assertThat(telegram.sent(CAMILLE)).isEmpty();
    assertThat(receive("a-secret-of-the-tests", update)).isEqualTo(200);
    assertThat(receive("a-secret-of-the-tests", update)).isEqualTo(200);
    assertThat(receive("a-secret-of-the-tests", "no json")).isEqualTo(200);
    assertThat(await(CAMILLE, 1)).hasSize(1);
    assertThat(lastParams("setWebhook").path("secret_token").asText())
        .isEqualTo("a-secret-of-the-tests");
    assertThat(telegram.calls("getUpdates")).isEmpty();
  }

  private int receive(String secret, String update) {
    return door.receive(secret, update.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void endsWithinItsTimeThoughTheServerHangs() throws InterruptedException {
    Fault.Hang hang = new Fault.Hang();
    telegram.failNext("sendMessage", hang);
    start();
    telegram.says(CAMILLE, "c'est quoi la VAE");
    awaitStored();
    door.close();
    assertThat(store.toSend(CAMILLE)).isPresent();
    hang.release();
  }

  /** Waits until the reply is in the store. */
  private void awaitStored() throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (store.toSend(CAMILLE).isEmpty()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}
