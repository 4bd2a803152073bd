package fr.jalon.bot.telegram;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.jalon.bot.store.Outgoing;
import fr.jalon.bot.telegram.BotApiException.Kind;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.telegram.telegrambots.client.okhttp.OkHttpTelegramClient;
import org.telegram.telegrambots.meta.TelegramUrl;
import org.telegram.telegrambots.meta.api.methods.ActionType;
import org.telegram.telegrambots.meta.api.methods.AnswerCallbackQuery;
import org.telegram.telegrambots.meta.api.methods.GetMe;
import org.telegram.telegrambots.meta.api.methods.botapimethods.BotApiMethod;
import org.telegram.telegrambots.meta.api.methods.commands.SetMyCommands;
import org.telegram.telegrambots.meta.api.methods.description.SetMyDescription;
import org.telegram.telegrambots.meta.api.methods.send.SendChatAction;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updates.DeleteWebhook;
import org.telegram.telegrambots.meta.api.methods.updates.SetWebhook;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.DeleteMessage;
import org.telegram.telegrambots.meta.api.methods.updatingmessages.EditMessageText;
import org.telegram.telegrambots.meta.api.objects.LinkPreviewOptions;
import org.telegram.telegrambots.meta.api.objects.MessageEntity;
import org.telegram.telegrambots.meta.api.objects.ReplyParameters;
import org.telegram.telegrambots.meta.api.objects.ResponseParameters;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.api.objects.commands.BotCommand;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.InlineKeyboardMarkup;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardButton;
import org.telegram.telegrambots.meta.api.objects.replykeyboard.buttons.InlineKeyboardRow;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiValidationException;

/** The calls of the Bot API that Jalon makes. Thread-safe. */
final class BotApi implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CALL = Duration.ofSeconds(20);
  private static final int CALLS_AT_ONCE = 64;

  private static final List<String> WANTED =
      List.of("message", "edited_message", "callback_query", "my_chat_member");

  /** What a person reads of a button before it is cut. */
  private static final int MOST_BUTTONS = 8;

  private final String token;
  private final HttpUrl server;
  private final OkHttpClient http;
  private final OkHttpClient patient;
  private final OkHttpTelegramClient client;

  /** What was received: an update, or one that cannot be read. */
  record Received(long id, Optional<Update> update) {}

  /**
   * Calls a server.
   *
   * @param server scheme, host and port
   * @param longestPoll how long an empty poll may last
   */
  BotApi(URI server, String token, Duration longestPoll) {
    this.token = token;
    boolean secure = "https".equals(server.getScheme());
    int port = server.getPort() < 0 ? (secure ? 443 : 80) : server.getPort();
    this.server =
        new HttpUrl.Builder().scheme(server.getScheme()).host(server.getHost()).port(port).build();
    Dispatcher calls = new Dispatcher();
    calls.setMaxRequests(CALLS_AT_ONCE);
    calls.setMaxRequestsPerHost(CALLS_AT_ONCE);
    http =
        new OkHttpClient.Builder()
            .callTimeout(CALL)
            .retryOnConnectionFailure(false)
            .dispatcher(calls)
            .connectionPool(new ConnectionPool(CALLS_AT_ONCE, 5, TimeUnit.MINUTES))
            .build();
    patient =
        http.newBuilder()
            .readTimeout(longestPoll.plus(CALL))
            .callTimeout(longestPoll.plus(CALL))
            .build();
    client =
        new OkHttpTelegramClient(
            http, token, new TelegramUrl(server.getScheme(), server.getHost(), port, false));
  }

  /** The name of the bot, without its @. */
  String name() throws BotApiException {
    return call(new GetMe()).getUserName();
  }

  /** Has updates sent to a web address, with a secret that proves who sends them. */
  void hook(URI address, String secret) throws BotApiException {
    SetWebhook hook =
        SetWebhook.builder()
            .url(address.toString())
            .secretToken(secret)
            .allowedUpdates(WANTED)
            .build();
    call("setWebhook", () -> client.execute(hook));
  }

  /** Reads an update that was sent here. */
  static Received read(byte[] body) {
    JsonNode node = tree(new String(body, StandardCharsets.UTF_8));
    return new Received(node.path("update_id").asLong(), update(node));
  }

  /** Has updates wait for a poll, not sent to a web address. */
  void poll() throws BotApiException {
    call(DeleteWebhook.builder().build());
  }

  /**
   * The updates from a number on, each read apart from the others; acknowledges those before.
   *
   * @param wait how long to wait for a first one
   */
  List<Received> updates(long from, Duration wait) throws BotApiException {
    HttpUrl url =
        server
            .newBuilder()
            .addPathSegments("bot" + token + "/getUpdates")
            .addQueryParameter("offset", Long.toString(from))
            .addQueryParameter("timeout", Long.toString(wait.toSeconds()))
            .addQueryParameter("limit", "100")
            .addQueryParameter("allowed_updates", JSON.valueToTree(WANTED).toString())
            .build();
    try (Response response = patient.newCall(new Request.Builder().url(url).build()).execute()) {
      ResponseBody body = response.body();
      JsonNode answer = tree(body == null ? "" : body.string());
      if (!answer.path("ok").asBoolean()) {
        int code = answer.path("error_code").asInt(response.code());
        throw failure(
            code,
            "getUpdates",
            answer.path("description").asText(),
            answer.path("parameters").path("retry_after").asInt());
      }
      List<Received> received = new ArrayList<>();
      for (JsonNode node : answer.path("result")) {
        received.add(new Received(node.path("update_id").asLong(), update(node)));
      }
      return received;
    } catch (IOException e) {
      throw unavailable("getUpdates", e);
    }
  }

  /** Sends a message, or changes the one that it replaces; returns its number. */
  int send(Outgoing message) throws BotApiException {
    if (message.replaces() != 0) {
      EditMessageText edit =
          EditMessageText.builder()
              .chatId(message.chat())
              .messageId(message.replaces())
              .text(message.text())
              .entities(entities(message))
              .linkPreviewOptions(withoutPreview())
              .replyMarkup(keyboard(message.buttons()))
              .build();
      try {
        call(edit);
      } catch (BotApiException e) {
        if (!String.valueOf(e.getMessage()).contains("not modified")) {
          throw e;
        }
      }
      return message.replaces();
    }
    SendMessage send =
        SendMessage.builder()
            .chatId(message.chat())
            .text(message.text())
            .entities(entities(message))
            .linkPreviewOptions(withoutPreview())
            .replyMarkup(keyboard(message.buttons()))
            .replyParameters(answered(message))
            .build();
    return call(send).getMessageId();
  }

  /** Takes back a message that nothing replaces. */
  void delete(long chat, int message) throws BotApiException {
    call(DeleteMessage.builder().chatId(chat).messageId(message).build());
  }

  /** Shows that an answer is being written. */
  void typing(long chat) throws BotApiException {
    call(SendChatAction.builder().chatId(chat).action(ActionType.TYPING.toString()).build());
  }

  /** Stops the clock of a tapped button. */
  void acknowledge(String callback) throws BotApiException {
    call(AnswerCallbackQuery.builder().callbackQueryId(callback).build());
  }

  /** Shows the commands and what the bot does. */
  void introduce(List<BotCommand> commands, String description) throws BotApiException {
    call(SetMyCommands.builder().commands(commands).build());
    call(SetMyDescription.builder().description(description).build());
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private interface Work<T> {
    T run() throws TelegramApiException;
  }

  private <T extends Serializable> T call(BotApiMethod<T> method) throws BotApiException {
    return call(method.getMethod(), () -> client.execute(method));
  }

  private static <T> T call(String method, Work<T> request) throws BotApiException {
    try {
      return request.run();
    } catch (TelegramApiValidationException e) {
      throw new BotApiException(Kind.REJECTED, method + ": not valid", Duration.ZERO);
    } catch (TelegramApiException e) {
      if (comesFrom(JsonMappingException.class, e)) {
        throw new BotApiException(Kind.DONE, method + ": unreadable answer", Duration.ZERO);
      }
      if (!(e instanceof TelegramApiRequestException refused) || refused.getErrorCode() == null) {
        throw unavailable(method, e);
      }
      ResponseParameters parameters = refused.getParameters();
      Integer retryAfter = parameters == null ? null : parameters.getRetryAfter();
      throw failure(
          refused.getErrorCode(),
          method,
          String.valueOf(refused.getApiResponse()),
          retryAfter == null ? 0 : retryAfter);
    }
  }

  private static boolean comesFrom(Class<? extends Throwable> type, Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(type::isInstance);
  }

  private static Optional<Update> update(JsonNode node) {
    try {
      return Optional.of(JSON.treeToValue(node, Update.class));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static JsonNode tree(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }

  /** What a failure calls for, by its code and description (core.telegram.org/api/errors). */
  private static BotApiException failure(
      int code, String method, @Nullable String description, int retryAfter) {
    String said = String.valueOf(description).toLowerCase(Locale.ROOT);
    Kind kind =
        switch (code) {
          case 429 -> Kind.TOO_MANY;
          case 401, 404 -> Kind.TOKEN;
          case 409 -> Kind.CONFLICT;
          case 403 -> Kind.GONE;
          case 400 -> said.contains("chat not found") ? Kind.GONE : Kind.REJECTED;
          default -> code >= 400 && code < 500 ? Kind.REJECTED : Kind.UNAVAILABLE;
        };
    return new BotApiException(
        kind, method + ": " + code + " " + said, Duration.ofSeconds(retryAfter));
  }

  private static BotApiException unavailable(String method, Exception e) {
    return new BotApiException(
        Kind.UNAVAILABLE, method + ": " + e.getClass().getSimpleName(), Duration.ZERO);
  }

  private static List<MessageEntity> entities(Outgoing message) {
    return message.links().stream()
        .<MessageEntity>map(link ->
            MessageEntity.builder()
                .type("text_link")
                .offset(link.start())
                .length(link.length())
                .url(link.url())
                .build())
        .toList();
  }

  /** In a group, the message that it answers. */
  private static @Nullable ReplyParameters answered(Outgoing message) {
    boolean inGroup = message.chat() < 0 && message.question() != 0;
    return inGroup
        ? ReplyParameters.builder()
            .messageId(message.question())
            .allowSendingWithoutReply(true)
            .build()
        : null;
  }

  private static LinkPreviewOptions withoutPreview() {
    return LinkPreviewOptions.builder().isDisabled(true).build();
  }

  /** A button a line; its payload is its place, its text is read back from the keyboard. */
  private static @Nullable InlineKeyboardMarkup keyboard(List<String> questions) {
    if (questions.isEmpty()) {
      return null;
    }
    List<InlineKeyboardRow> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(questions.size(), MOST_BUTTONS); i++) {
      rows.add(
          new InlineKeyboardRow(
              InlineKeyboardButton.builder().text(questions.get(i)).callbackData("q" + i).build()));
    }
    return new InlineKeyboardMarkup(rows);
  }
}
