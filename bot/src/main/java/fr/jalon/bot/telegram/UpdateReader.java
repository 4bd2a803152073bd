package fr.jalon.bot.telegram;

import fr.jalon.bot.question.PersonalData;
import fr.jalon.bot.store.Incoming;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.telegram.telegrambots.meta.api.objects.CallbackQuery;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.message.MaybeInaccessibleMessage;
import org.telegram.telegrambots.meta.api.objects.message.Message;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;

/** Keeps of an update only what answering it needs. Thread-safe. */
final class UpdateReader {
  /** More than a message of Telegram holds. */
  private static final int LONGEST = 4_096;

  private final String botName;

  /**
   * Reads for a bot.
   *
   * @param botName its name, without @
   */
  UpdateReader(String botName) {
    this.botName = botName;
  }

  /** What a person sent to the bot; empty for what is not for it. */
  Optional<Incoming> read(Update update) {
    if (update.getCallbackQuery() != null) {
      return tapped(update.getUpdateId(), update.getCallbackQuery());
    }
    boolean edited = update.getEditedMessage() != null;
    Message message = edited ? update.getEditedMessage() : update.getMessage();
    if (message == null || !isForTheBot(message) || isNews(message)) {
      return Optional.empty();
    }
    return Optional.of(
        new Incoming(
            update.getUpdateId(),
            message.getChatId(),
            message.getMessageId(),
            edited,
            "",
            masked(said(message))));
  }

  /** The chat of a person who does not want to be written to any more. */
  Optional<Long> gone(Update update) {
    return Optional.ofNullable(update.getMyChatMember())
        .filter(change -> List.of("kicked", "left").contains(change.getNewChatMember().getStatus()))
        .map(change -> change.getChat().getId());
  }

  private static Optional<Incoming> tapped(long id, CallbackQuery tap) {
    MaybeInaccessibleMessage below = tap.getMessage();
    if (below == null) {
      return Optional.empty();
    }
    String question =
        below instanceof Message message && message.getReplyMarkup() != null
            ? message.getReplyMarkup().getKeyboard().stream()
                .flatMap(List::stream)
                .filter(button -> String.valueOf(tap.getData()).equals(button.getCallbackData()))
                .map(InlineKeyboardButton::getText)
                .findFirst()
                .orElse("")
            : "";
    return Optional.of(
        new Incoming(id, below.getChatId(), 0, false, tap.getId(), masked(question)));
  }

  /** In a group, only what names the bot, answers it or is a command. */
  private boolean isForTheBot(Message message) {
    if (message.isUserMessage()) {
      return true;
    }
    if (!message.isGroupMessage() && !message.isSuperGroupMessage()) {
      return false;
    }
    String text = String.valueOf(message.getText()).toLowerCase(Locale.ROOT);
    String name = "@" + botName.toLowerCase(Locale.ROOT);
    Message answered = message.getReplyToMessage();
    boolean answersTheBot =
        answered != null
            && answered.getFrom() != null
            && botName.equalsIgnoreCase(answered.getFrom().getUserName());
    return answersTheBot || text.contains(name) || (text.startsWith("/") && !text.contains("@"));
  }

  /** What Telegram itself tells of a chat: a new member, a new title… */
  private static boolean isNews(Message message) {
    return (message.getNewChatMembers() != null && !message.getNewChatMembers().isEmpty())
        || message.getLeftChatMember() != null
        || message.getNewChatTitle() != null
        || message.getPinnedMessage() != null
        || message.getMigrateToChatId() != null
        || message.getMigrateFromChatId() != null;
  }

  private String said(Message message) {
    String text = message.getText();
    if (text == null) {
      return "";
    }
    int at = text.toLowerCase(Locale.ROOT).indexOf("@" + botName.toLowerCase(Locale.ROOT));
    String said = at < 0 ? text : text.substring(0, at) + text.substring(at + botName.length() + 1);
    return said.length() > LONGEST ? said.substring(0, LONGEST) : said;
  }

  private static String masked(String text) {
    return PersonalData.mask(text).text().strip();
  }
}
