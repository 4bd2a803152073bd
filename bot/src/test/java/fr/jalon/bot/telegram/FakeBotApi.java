package fr.jalon.bot.telegram;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Telegram Bot API server on the loopback, which holds a bot to the rules of
 * https://core.telegram.org/bots/api (the # in comments are its anchors), and where a test writes,
 * taps and blocks as people do. Where the real server mends a mistake in silence, this one refuses
 * it. Knows messages of text only; delivers to no webhook. Thread-safe.
 */
final class FakeBotApi implements AutoCloseable {
  static final String TOKEN = "4242:fake-token-of-the-tests";

  private static final long BOT_ID = 4242;
  private static final long FIRST_UPDATE = 100_001;
  private static final long GROUP_MEMBER = 777;
  private static final int LONGEST_TEXT = 4096;
  private static final Duration UPDATES_ARE_KEPT = Duration.ofDays(1);
  private static final Duration DELETABLE = Duration.ofDays(2);
  private static final Pattern PATH = Pattern.compile("/bot([^/]+)/([A-Za-z]+)");
  private static final Pattern COMMAND = Pattern.compile("/[A-Za-z0-9_]{1,32}(@[A-Za-z0-9_]+)?");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Answer CUT = new Answer(0, "");

  /** A message of the bot, as it stands now. Entities is an array, the markup may be missing. */
  record Sent(
      long chat,
      int messageId,
      String text,
      JsonNode entities,
      JsonNode replyMarkup,
      Instant at,
      int edits,
      boolean deleted) {
    /** The callback data of the button with this label. */
    String callbackData(String label) {
      for (JsonNode row : replyMarkup.path("inline_keyboard")) {
        for (JsonNode button : row) {
          if (button.path("text").asText().equals(label)) {
            return button.path("callback_data").asText();
          }
        }
      }
      throw new AssertionError("no button « " + label + " » in " + this);
    }
  }

  /**
   * A call that ended. The method is named as in the documentation, {@code at} is when it arrived,
   * and status 0 says that the connection was closed without an answer.
   */
  record Call(String method, OptionalLong chat, Instant at, JsonNode params, int status) {}

  /** What happens to a call in place of its answer. */
  sealed interface Fault {
    /** 429, with the seconds to wait; nothing is done. */
    record TooMany(int retryAfter) implements Fault {}

    /** This status and body; nothing is done. */
    record Status(int code, String htmlOrJsonBody) implements Fault {}

    /** The request is read, nothing is done, and the connection closed. */
    record Cut() implements Fault {}

    /** The request is read and done, and the connection closed. */
    record CutAfter() implements Fault {}

    /** The request is read, then done and answered once released. */
    record Hang(CountDownLatch released) implements Fault {
      Hang() {
        this(new CountDownLatch(1));
      }

      void release() {
        released.countDown();
      }
    }
  }

  private interface Work {
    JsonNode run(ObjectNode params) throws InterruptedException;
  }

  private record Operation(String method, Work work) {}

  private record Planned(String method, OptionalLong chat, Fault fault) {}

  private record Update(long id, ObjectNode json, Instant at) {}

  private record Answer(int status, String body) {}

  private record Formatted(String text, ArrayNode entities) {}

  private static final class Message {
    final int id;
    final Instant at;
    final boolean ours;
    final ObjectNode json;
    int edits;
    boolean deleted;

    Message(int id, Instant at, boolean ours, ObjectNode json) {
      this.id = id;
      this.at = at;
      this.ours = ours;
      this.json = json;
    }
  }

  private static final class Chat {
    final long id;
    final String type;
    final TreeMap<Integer, Message> messages = new TreeMap<>();
    final Deque<Instant> lastSends = new ArrayDeque<>();
    boolean blocked;

    Chat(long id, String type) {
      this.id = id;
      this.type = type;
    }

    int nextMessage() {
      return messages.isEmpty() ? 1 : messages.lastKey() + 1;
    }

    ObjectNode json() {
      ObjectNode json = NODES.objectNode().put("id", id);
      if (type.equals("private")) {
        json.put("first_name", "Camille");
      } else {
        json.put("title", "Groupe " + -id);
      }
      return json.put("type", type);
    }

    ObjectNode person() {
      return NODES
          .objectNode()
          .put("id", type.equals("private") ? id : GROUP_MEMBER)
          .put("is_bot", false)
          .put("first_name", "Camille")
          .put("language_code", "fr");
    }
  }

  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    final int code;
    final OptionalLong retryAfter;

    Refused(int code, String description, OptionalLong retryAfter) {
      super(description, null, false, false);
      this.code = code;
      this.retryAfter = retryAfter;
    }

    static Refused badRequest(String why) {
      return new Refused(400, "Bad Request: " + why, OptionalLong.empty());
    }

    static Refused conflict(String why) {
      return new Refused(409, "Conflict: " + why, OptionalLong.empty());
    }

    /** #responseparameters */
    static Refused tooMany(int retryAfter) {
      return new Refused(
          429, "Too Many Requests: retry after " + retryAfter, OptionalLong.of(retryAfter));
    }

    Answer answer() {
      ObjectNode json = NODES.objectNode().put("ok", false).put("error_code", code);
      json.put("description", getMessage());
      retryAfter.ifPresent(wait -> json.putObject("parameters").put("retry_after", wait));
      return new Answer(code, json.toString());
    }
  }

  private final InstantSource clock;
  private final String username;
  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Operation> operations = new LinkedHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<Long, Chat> chats = new HashMap<>();
  private final Map<String, Long> chatsOfQueries = new HashMap<>();
  private final List<Update> updates = new ArrayList<>();
  private final Set<Long> confirmed = new TreeSet<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<String> pending = new ArrayList<>();
  private final List<Planned> faults = new ArrayList<>();
  private long nextUpdate = FIRST_UPDATE;
  private long lastPoll;
  private String webhook = "";
  private int messagesPerSecond = Integer.MAX_VALUE;

  FakeBotApi() {
    this("jalon_test_bot", InstantSource.system());
  }

  /** The clock dates messages and measures rates; waits are in real time. */
  FakeBotApi(String username, InstantSource clock) {
    this.username = username;
    this.clock = clock;
    operation("getMe", params -> me());
    operation("getUpdates", this::getUpdates);
    operation("sendMessage", this::sendMessage);
    operation("editMessageText", this::editMessageText);
    operation("deleteMessage", this::deleteMessage);
    operation("sendChatAction", this::sendChatAction);
    operation("answerCallbackQuery", this::answerCallbackQuery);
    operation("setMyCommands", this::setMyCommands);
    operation("setMyDescription", params -> checkLength(params, "description", 512));
    operation("setMyShortDescription", params -> checkLength(params, "short_description", 120));
    operation("setWebhook", this::setWebhook);
    operation("deleteWebhook", this::deleteWebhook);
    operation("getWebhookInfo", params -> webhookInfo());
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(executor);
    server.start();
  }

  private void operation(String method, Work work) {
    operations.put(method.toLowerCase(Locale.ROOT), new Operation(method, work));
  }

  /** The server, without a path. */
  URI url() {
    InetSocketAddress address = server.getAddress();
    return URI.create(
        "http://%s:%d".formatted(address.getAddress().getHostAddress(), address.getPort()));
  }

  /** Closes every connection; calls that wait get no answer. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
    try {
      if (!executor.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new AssertionError("calls still run after the close: " + pending);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // What people do. Each returns the id of the update.

  /** A message of a private chat, or of a chat already known. */
  long says(long chat, String text) {
    return change(() -> says(chat, typeOf(chat), text, message -> {}));
  }

  /** A message in a chat of type private, group or supergroup; its JSON may be changed at will. */
  long says(long chat, String type, String text, Consumer<ObjectNode> edit) {
    return change(() -> {
      Chat known = known(chat, type);
      if (known.blocked) {
        throw new IllegalStateException(chat + " blocked the bot: unblock it first");
      }
      ObjectNode json = message(known, known.person(), text);
      Matcher command = COMMAND.matcher(text);
      if (command.lookingAt()) {
        ObjectNode entity = json.putArray("entities").addObject();
        entity.put("offset", 0).put("length", command.end()).put("type", "bot_command");
      }
      edit.accept(json);
      int id = json.path("message_id").asInt();
      known.messages.put(id, new Message(id, clock.instant(), false, json));
      return queue("message", json);
    });
  }

  /** A person changes their own message. */
  long edits(long chat, int messageId, String newText) {
    return change(() -> {
      Message message = message(chat, messageId);
      if (message.ours) {
        throw new IllegalArgumentException(
            "message %d of %d is the bot's".formatted(messageId, chat));
      }
      message.json.put("edit_date", clock.instant().getEpochSecond()).put("text", newText);
      message.json.remove("entities");
      message.edits++;
      return queue("edited_message", message.json);
    });
  }

  /**
   * A tap on a button of a message of the bot. The data need not be on its keyboard: a person may
   * have kept an older one on screen.
   */
  long taps(long chat, int messageId, String callbackData) {
    return change(() -> {
      Chat known = known(chat, typeOf(chat));
      Message message = message(chat, messageId);
      String id = "query-" + nextUpdate;
      chatsOfQueries.put(id, chat);
      ObjectNode query = NODES.objectNode().put("id", id);
      query.set("from", known.person());
      // #inaccessiblemessage
      query.set(
          "message",
          message.deleted
              ? NODES
                  .objectNode()
                  .<ObjectNode>set("chat", known.json())
                  .put("message_id", messageId)
                  .put("date", 0)
              : message.json);
      query.put("chat_instance", "instance-" + chat).put("data", callbackData);
      return queue("callback_query", query);
    });
  }

  /** Queues any object as it is; gives it an update_id unless it has one. */
  long raw(String json) {
    return change(() -> {
      if (!(parse(json) instanceof ObjectNode update)) {
        throw new IllegalArgumentException("not a JSON object: " + json);
      }
      for (JsonNode chat : update.findValues("chat")) {
        long id = chat.path("id").asLong();
        String type = chat.path("type").asText();
        if (isPossible(id, type)) {
          chats.putIfAbsent(id, new Chat(id, type));
        }
      }
      return queue(update);
    });
  }

  /** The person blocks the bot, or the group puts it out: 403 from then on. */
  long blocks(long chat) {
    return change(() -> membership(chat, "member", "kicked"));
  }

  long unblocks(long chat) {
    return change(() -> membership(chat, "kicked", "member"));
  }

  private long membership(long chat, String before, String after) {
    Chat known = known(chat, typeOf(chat));
    known.blocked = after.equals("kicked");
    ObjectNode change = NODES.objectNode();
    change.set("chat", known.json());
    change.set("from", known.person());
    change.put("date", clock.instant().getEpochSecond());
    change.putObject("old_chat_member").put("status", before).set("user", user());
    change.putObject("new_chat_member").put("status", after).set("user", user());
    return queue("my_chat_member", change);
  }

  // What goes wrong.

  /** Refuses, with 429, a sendMessage beyond this number in one second in one chat. */
  void limit(int messagesPerSecondPerChat) {
    if (messagesPerSecondPerChat < 1) {
      throw new IllegalArgumentException("at least 1 a second: " + messagesPerSecondPerChat);
    }
    change(() -> messagesPerSecond = messagesPerSecondPerChat);
  }

  /** The next call of this method, in any chat, meets this fault; faults queue up. */
  void failNext(String method, Fault fault) {
    plan(method, OptionalLong.empty(), fault);
  }

  /** The next call of this method in this chat meets this fault; other chats do not. */
  void failNext(String method, long chat, Fault fault) {
    plan(method, OptionalLong.of(chat), fault);
  }

  private void plan(String method, OptionalLong chat, Fault fault) {
    Operation operation = operations.get(method.toLowerCase(Locale.ROOT));
    if (operation == null) {
      throw new IllegalArgumentException("no method " + method + " here");
    }
    read(() -> faults.add(new Planned(operation.method(), chat, fault)));
  }

  // What a test sees.

  /** The messages of the bot in this chat, oldest first, as they stand now, the deleted too. */
  List<Sent> sent(long chat) {
    return read(() -> sentTo(chat));
  }

  /** The calls that ended, in the order of their ends. */
  List<Call> calls() {
    return read(() -> List.copyOf(calls));
  }

  /** The calls of one method that ended, in the order of their ends. */
  List<Call> calls(String method) {
    return of(method, calls());
  }

  private static List<Call> of(String method, List<Call> all) {
    return all.stream().filter(call -> call.method().equalsIgnoreCase(method)).toList();
  }

  /** How many updates the bot confirmed. */
  int confirmed() {
    return read(confirmed::size);
  }

  /** How many updates wait for the bot, or for its confirmation. */
  int queued() {
    return read(updates::size);
  }

  /** The id of the latest message of a chat, the person's or the bot's. */
  int lastMessageId(long chat) {
    return read(() -> known(chat, typeOf(chat)).nextMessage() - 1);
  }

  /** Waits until the bot has sent so many messages to this chat, and returns them. */
  List<Sent> awaitSent(long chat, int count, Duration longest) {
    return await(
        count + " messages to " + chat, longest, () -> sentTo(chat), sent -> sent.size() >= count);
  }

  /** Waits until the messages to this chat are such, and returns them. */
  List<Sent> awaitSent(long chat, Predicate<List<Sent>> such, Duration longest) {
    return await("messages to " + chat, longest, () -> sentTo(chat), such);
  }

  /** Waits until so many calls of this method have ended, and returns them. */
  List<Call> awaitCalls(String method, int count, Duration longest) {
    List<Call> ended =
        await(
            "%d ended calls of %s".formatted(count, method),
            longest,
            () -> List.copyOf(calls),
            all -> of(method, all).size() >= count);
    return of(method, ended);
  }

  /** Waits until so many calls of this method are held: polls that wait, or calls that hang. */
  void awaitPending(String method, int count, Duration longest) {
    await(
        "%d pending calls of %s".formatted(count, method),
        longest,
        () -> List.copyOf(pending),
        all -> all.stream().filter(method::equalsIgnoreCase).count() >= count);
  }

  /** Waits until the bot has confirmed this update. */
  void awaitConfirmed(long updateId, Duration longest) {
    await(
        "the confirmation of update " + updateId,
        longest,
        () -> List.copyOf(confirmed),
        all -> all.contains(updateId));
  }

  private <T> T await(String what, Duration longest, Supplier<T> there, Predicate<T> such) {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (true) {
        T now = there.get();
        if (such.test(now)) {
          return now;
        }
        if (left <= 0) {
          throw new AssertionError("after %s, no %s; there was %s".formatted(longest, what, now));
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting for " + what, e);
    } finally {
      lock.unlock();
    }
  }

  private <T> T read(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  private long change(LongSupplier work) {
    lock.lock();
    try {
      return work.getAsLong();
    } finally {
      changed.signalAll();
      lock.unlock();
    }
  }

  // The wire: #making-requests

  private void handle(HttpExchange exchange) throws IOException {
    try {
      byte[] body = exchange.getRequestBody().readAllBytes();
      Answer answer = answer(exchange, body);
      if (answer.status() != 0) {
        send(exchange, answer);
      }
    } finally {
      exchange.close();
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] bytes = answer.body().getBytes(UTF_8);
    boolean json = answer.body().startsWith("{");
    exchange
        .getResponseHeaders()
        .set("Content-Type", json ? "application/json" : "text/html; charset=utf-8");
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  private Answer answer(HttpExchange exchange, byte[] body) {
    Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
    if (!path.matches()) {
      return new Refused(404, "Not Found", OptionalLong.empty()).answer();
    }
    Operation operation =
        operations.getOrDefault(
            path.group(2).toLowerCase(Locale.ROOT),
            new Operation(
                path.group(2),
                params -> {
                  throw new Refused(404, "Not Found: method not found", OptionalLong.empty());
                }));
    ObjectNode params = NODES.objectNode();
    return answer(
        operation.method(),
        params,
        () -> {
          if (!path.group(1).equals(TOKEN)) {
            throw new Refused(401, "Unauthorized", OptionalLong.empty());
          }
          String verb = exchange.getRequestMethod();
          if (!verb.equals("GET") && !verb.equals("POST")) {
            throw new Refused(405, "Method Not Allowed", OptionalLong.empty());
          }
          String type = exchange.getRequestHeaders().getFirst("Content-Type");
          params.setAll(parameters(exchange.getRequestURI().getRawQuery(), type, body));
        },
        operation.work());
  }

  private Answer answer(String method, ObjectNode params, Runnable read, Work work) {
    Instant at = clock.instant();
    lock.lock();
    try {
      pending.add(method);
      changed.signalAll();
      OptionalLong chat = OptionalLong.empty();
      Answer answer;
      try {
        read.run();
        chat = chatOf(params);
        answer =
            switch (nextFault(method, chat)) {
              case null -> done(work, params);
              case Fault.TooMany(int retryAfter) -> Refused.tooMany(retryAfter).answer();
              case Fault.Status(int code, String text) -> new Answer(code, text);
              case Fault.Cut() -> CUT;
              case Fault.CutAfter() -> {
                done(work, params);
                yield CUT;
              }
              case Fault.Hang(CountDownLatch released) -> {
                awaitOutsideTheLock(released);
                yield done(work, params);
              }
            };
      } catch (Refused e) {
        answer = e.answer();
      } catch (InterruptedException e) {
        answer = CUT;
      } catch (RuntimeException e) {
        answer = new Refused(500, "The fake server failed: " + e, OptionalLong.empty()).answer();
      }
      pending.remove(method);
      calls.add(new Call(method, chat, at, params.deepCopy(), answer.status()));
      changed.signalAll();
      return answer;
    } finally {
      lock.unlock();
    }
  }

  private void awaitOutsideTheLock(CountDownLatch released) throws InterruptedException {
    lock.unlock();
    try {
      released.await();
    } finally {
      lock.lock();
    }
  }

  private static Answer done(Work work, ObjectNode params) throws InterruptedException {
    try {
      JsonNode result = work.run(params);
      return new Answer(200, NODES.objectNode().put("ok", true).set("result", result).toString());
    } catch (Refused e) {
      return e.answer();
    }
  }

  private Fault nextFault(String method, OptionalLong chat) {
    for (Iterator<Planned> each = faults.iterator(); each.hasNext(); ) {
      Planned planned = each.next();
      if (planned.method().equals(method)
          && (planned.chat().isEmpty() || planned.chat().equals(chat))) {
        each.remove();
        return planned.fault();
      }
    }
    return null;
  }

  private OptionalLong chatOf(ObjectNode params) {
    Long ofQuery = chatsOfQueries.get(params.path("callback_query_id").asText());
    if (ofQuery != null) {
      return OptionalLong.of(ofQuery);
    }
    try {
      return integer(params, "chat_id");
    } catch (Refused e) {
      return OptionalLong.empty();
    }
  }

  private static ObjectNode parameters(String query, String contentType, byte[] body) {
    ObjectNode params = NODES.objectNode();
    form(query == null ? "" : query, params);
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    String text = new String(body, UTF_8);
    if (type.startsWith("application/x-www-form-urlencoded")) {
      form(text, params);
    } else if (type.startsWith("multipart/form-data")) {
      multipart(contentType, text, params);
    } else if (type.startsWith("application/json") && !text.isBlank()) {
      if (!(parse(text) instanceof ObjectNode object)) {
        throw Refused.badRequest("object expected as JSON");
      }
      params.setAll(object);
    }
    return params;
  }

  private static void form(String encoded, ObjectNode params) {
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        params.put(
            URLDecoder.decode(pair.substring(0, equals), UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
  }

  private static void multipart(String contentType, String body, ObjectNode params) {
    Matcher boundary = Pattern.compile("boundary=\"?([^\";]+)").matcher(contentType);
    if (!boundary.find()) {
      throw Refused.badRequest("no boundary in the multipart form");
    }
    Pattern part =
        Pattern.compile("(?is).*?content-disposition:[^\r\n]*?\\bname=\"([^\"]*)\".*?\r\n\r\n(.*)");
    for (String piece : body.split(Pattern.quote("--" + boundary.group(1)), -1)) {
      Matcher matcher = part.matcher(piece);
      if (matcher.matches()) {
        String value = matcher.group(2);
        params.put(matcher.group(1), value.substring(0, value.length() - "\r\n".length()));
      }
    }
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw Refused.badRequest("can't parse JSON: " + e.getOriginalMessage());
    }
  }

  private static Optional<String> text(JsonNode params, String name) {
    JsonNode value = params.path(name);
    return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
  }

  private static OptionalLong integer(JsonNode params, String name) {
    Optional<String> value = text(params, name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(value.get()));
    } catch (NumberFormatException e) {
      throw Refused.badRequest("%s must be an integer".formatted(name));
    }
  }

  private static long within(ObjectNode params, String name, long least, long most, long absent) {
    long value = integer(params, name).orElse(absent);
    if (value < least || value > most) {
      throw Refused.badRequest("%s must be from %d to %d".formatted(name, least, most));
    }
    return value;
  }

  /** A JSON-serialized parameter: itself in a JSON body, its text in a form. */
  private static Optional<JsonNode> json(ObjectNode params, String name) {
    JsonNode value = params.path(name);
    if (value.isMissingNode() || value.isNull() || value.equals(NODES.textNode(""))) {
      return Optional.empty();
    }
    return Optional.of(value.isTextual() ? parse(value.asText()) : value);
  }

  // The chats and the queue.

  private String typeOf(long chat) {
    Chat known = chats.get(chat);
    return known == null ? (chat > 0 ? "private" : "group") : known.type;
  }

  private Chat known(long id, String type) {
    if (!isPossible(id, type)) {
      throw new IllegalArgumentException("no %s chat can have the id %d".formatted(type, id));
    }
    Chat chat = chats.computeIfAbsent(id, absent -> new Chat(id, type));
    if (!chat.type.equals(type)) {
      throw new IllegalArgumentException("%d is a %s chat".formatted(id, chat.type));
    }
    return chat;
  }

  private static boolean isPossible(long id, String type) {
    return switch (type) {
      case "private" -> id > 0;
      case "group", "supergroup" -> id < 0;
      default -> false;
    };
  }

  private Message message(long chat, int messageId) {
    Message message = known(chat, typeOf(chat)).messages.get(messageId);
    if (message == null) {
      throw new IllegalArgumentException("no message %d in chat %d".formatted(messageId, chat));
    }
    return message;
  }

  private ObjectNode message(Chat chat, ObjectNode from, String text) {
    ObjectNode json = NODES.objectNode().put("message_id", chat.nextMessage());
    json.set("from", from);
    json.set("chat", chat.json());
    return json.put("date", clock.instant().getEpochSecond()).put("text", text);
  }

  private List<Sent> sentTo(long id) {
    List<Sent> sent = new ArrayList<>();
    Chat chat = chats.get(id);
    if (chat != null) {
      for (Message message : chat.messages.values()) {
        if (message.ours) {
          ObjectNode json = message.json.deepCopy();
          sent.add(
              new Sent(
                  id,
                  message.id,
                  json.path("text").asText(),
                  json.withArray("entities"),
                  json.path("reply_markup"),
                  message.at,
                  message.edits,
                  message.deleted));
        }
      }
    }
    return List.copyOf(sent);
  }

  private long queue(String kind, ObjectNode what) {
    return queue(NODES.objectNode().set(kind, what.deepCopy()));
  }

  private long queue(ObjectNode update) {
    if (!update.has("update_id")) {
      update.put("update_id", nextUpdate);
    }
    long id = update.path("update_id").asLong(nextUpdate);
    // #update: after a quiet week, ids may start again lower
    nextUpdate = updates.isEmpty() ? id + 1 : Math.max(nextUpdate, id + 1);
    updates.add(new Update(id, update, clock.instant()));
    return id;
  }

  // The methods. Each runs under the lock.

  private ObjectNode user() {
    return NODES
        .objectNode()
        .put("id", BOT_ID)
        .put("is_bot", true)
        .put("first_name", "Jalon")
        .put("username", username);
  }

  /** #getme */
  private ObjectNode me() {
    return user()
        .put("can_join_groups", true)
        .put("can_read_all_group_messages", false)
        .put("supports_inline_queries", false);
  }

  /** #getupdates */
  private JsonNode getUpdates(ObjectNode params) throws InterruptedException {
    long offset = within(params, "offset", Integer.MIN_VALUE, Integer.MAX_VALUE, 0);
    int limit = (int) within(params, "limit", 1, 100, 100);
    long left = TimeUnit.SECONDS.toNanos(within(params, "timeout", 0, Integer.MAX_VALUE, 0));
    if (!webhook.isEmpty()) {
      throw Refused.conflict(
          "can't use getUpdates method while webhook is active; "
              + "use deleteWebhook to delete the webhook first");
    }
    lastPoll++;
    long poll = lastPoll;
    changed.signalAll();
    forget(offset);
    while (updates.isEmpty() && left > 0) {
      left = changed.awaitNanos(left);
      if (!webhook.isEmpty()) {
        throw Refused.conflict("terminated by setWebhook request");
      }
      if (poll != lastPoll) {
        throw Refused.conflict(
            "terminated by other getUpdates request; "
                + "make sure that only one bot instance is running");
      }
    }
    ArrayNode batch = NODES.arrayNode();
    updates.stream().limit(limit).forEach(update -> batch.add(update.json()));
    return batch;
  }

  private void forget(long offset) {
    // #getting-updates: kept no longer than 24 hours
    Instant oldest = clock.instant().minus(UPDATES_ARE_KEPT);
    updates.removeIf(update -> update.at().isBefore(oldest));
    long from = offset < 0 ? nextUpdate + offset : offset;
    // tdlib/td TQueue::get: an offset far ahead of the queue is not believed
    if (from <= nextUpdate + 10) {
      for (Update update : updates) {
        if (update.id() < from) {
          confirmed.add(update.id());
        }
      }
      updates.removeIf(update -> update.id() < from);
      changed.signalAll();
    }
  }

  /** #sendmessage */
  private JsonNode sendMessage(ObjectNode params) {
    Formatted formatted = formatted(params);
    Optional<JsonNode> markup = inlineKeyboard(params);
    Chat chat = chat(params);
    checkReply(params, chat);
    checkRate(chat);
    ObjectNode json = message(chat, user(), formatted.text());
    fill(json, formatted, markup);
    int id = json.path("message_id").asInt();
    chat.messages.put(id, new Message(id, clock.instant(), true, json));
    return json.deepCopy();
  }

  /** #editmessagetext: without a markup, the keyboard goes away */
  private JsonNode editMessageText(ObjectNode params) {
    Formatted formatted = formatted(params);
    Optional<JsonNode> markup = inlineKeyboard(params);
    Message message = existing(params, chat(params), "edit");
    if (!message.ours) {
      throw Refused.badRequest("message can't be edited");
    }
    ObjectNode json = message.json.deepCopy();
    fill(json, formatted, markup);
    if (json.equals(message.json)) {
      throw Refused.badRequest(
          "message is not modified: specified new message content and reply markup are exactly"
              + " the same as a current content and reply markup of the message");
    }
    fill(message.json, formatted, markup);
    message.json.put("edit_date", clock.instant().getEpochSecond());
    message.edits++;
    return message.json.deepCopy();
  }

  private static void fill(ObjectNode json, Formatted formatted, Optional<JsonNode> markup) {
    json.put("text", formatted.text());
    json.remove(List.of("entities", "reply_markup"));
    if (!formatted.entities().isEmpty()) {
      json.set("entities", formatted.entities());
    }
    markup.ifPresent(keyboard -> json.set("reply_markup", keyboard));
  }

  /** #deletemessage: of the last 48 hours */
  private JsonNode deleteMessage(ObjectNode params) {
    Message message = existing(params, chat(params), "delete");
    if (message.at.isBefore(clock.instant().minus(DELETABLE))) {
      throw Refused.badRequest("message can't be deleted for everyone");
    }
    message.deleted = true;
    return BooleanNode.TRUE;
  }

  private static Message existing(ObjectNode params, Chat chat, String purpose) {
    OptionalLong id = integer(params, "message_id");
    if (id.isEmpty()) {
      throw Refused.badRequest("message identifier is not specified");
    }
    Message message = chat.messages.get((int) id.getAsLong());
    if (message == null || message.deleted) {
      throw Refused.badRequest("message to %s not found".formatted(purpose));
    }
    return message;
  }

  /** #sendchataction */
  private JsonNode sendChatAction(ObjectNode params) {
    Set<String> actions =
        Set.of(
            ("typing upload_photo record_video upload_video record_voice upload_voice "
                    + "upload_document choose_sticker find_location "
                    + "record_video_note upload_video_note")
                .split(" ", -1));
    if (!actions.contains(text(params, "action").orElse(""))) {
      throw Refused.badRequest("wrong parameter action in request");
    }
    chat(params);
    return BooleanNode.TRUE;
  }

  /** #answercallbackquery */
  private JsonNode answerCallbackQuery(ObjectNode params) {
    checkLength(params, "text", 200);
    if (!chatsOfQueries.containsKey(text(params, "callback_query_id").orElse(""))) {
      throw Refused.badRequest(
          "query is too old and response timeout expired or query ID is invalid");
    }
    return BooleanNode.TRUE;
  }

  /** #setmycommands and #botcommand */
  private JsonNode setMyCommands(ObjectNode params) {
    JsonNode commands = json(params, "commands").orElse(NODES.missingNode());
    if (!commands.isArray() || commands.isEmpty()) {
      throw Refused.badRequest("commands must be a non-empty array");
    }
    if (commands.size() > 100) {
      throw Refused.badRequest("BOT_COMMANDS_TOO_MUCH");
    }
    for (JsonNode command : commands) {
      if (!command.path("command").asText().matches("[a-z0-9_]{1,32}")) {
        throw Refused.badRequest("BOT_COMMAND_INVALID");
      }
      int length = characters(command.path("description").asText());
      if (length < 1 || length > 256) {
        throw Refused.badRequest("BOT_COMMAND_DESCRIPTION_INVALID");
      }
    }
    return BooleanNode.TRUE;
  }

  private static JsonNode checkLength(ObjectNode params, String name, int longest) {
    if (characters(text(params, name).orElse("")) > longest) {
      throw Refused.badRequest("%s is longer than %d characters".formatted(name, longest));
    }
    return BooleanNode.TRUE;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  /** #setwebhook: an empty url removes it */
  private JsonNode setWebhook(ObjectNode params) {
    String url = text(params, "url").orElse("");
    if (url.isEmpty()) {
      return deleteWebhook(params);
    }
    if (!url.startsWith("https://")) {
      throw Refused.badRequest("bad webhook: An HTTPS URL must be provided for webhook");
    }
    if (!text(params, "secret_token").orElse("_").matches("[A-Za-z0-9_-]{1,256}")) {
      throw Refused.badRequest("secret token contains unallowed characters");
    }
    within(params, "max_connections", 1, 100, 40);
    dropPending(params);
    webhook = url;
    changed.signalAll();
    return BooleanNode.TRUE;
  }

  /** #deletewebhook */
  private JsonNode deleteWebhook(ObjectNode params) {
    dropPending(params);
    webhook = "";
    return BooleanNode.TRUE;
  }

  private void dropPending(ObjectNode params) {
    if (Boolean.parseBoolean(text(params, "drop_pending_updates").orElse(""))) {
      updates.clear();
    }
  }

  /** #getwebhookinfo */
  private JsonNode webhookInfo() {
    return NODES
        .objectNode()
        .put("url", webhook)
        .put("has_custom_certificate", false)
        .put("pending_update_count", updates.size());
  }

  // The rules that methods share.

  /** Who may be written to: https://core.telegram.org/bots/faq (a person writes first) */
  private Chat chat(ObjectNode params) {
    String given = text(params, "chat_id").orElse("");
    if (given.isEmpty()) {
      throw Refused.badRequest("chat_id is empty");
    }
    Chat chat = given.matches("-?\\d{1,18}") ? chats.get(Long.valueOf(given)) : null;
    if (chat == null) {
      throw Refused.badRequest("chat not found");
    }
    if (chat.blocked) {
      String why =
          chat.type.equals("private")
              ? "bot was blocked by the user"
              : "bot was kicked from the %s chat".formatted(chat.type);
      throw new Refused(403, "Forbidden: " + why, OptionalLong.empty());
    }
    return chat;
  }

  /** #replyparameters */
  private static void checkReply(ObjectNode params, Chat chat) {
    JsonNode reply = json(params, "reply_parameters").orElse(NODES.objectNode());
    OptionalLong id = integer(reply, "message_id");
    if (id.isPresent() && !reply.path("allow_sending_without_reply").asBoolean()) {
      Message message = chat.messages.get((int) id.getAsLong());
      if (message == null || message.deleted) {
        throw Refused.badRequest("message to be replied not found");
      }
    }
  }

  /** https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this */
  private void checkRate(Chat chat) {
    Instant now = clock.instant();
    Instant secondAgo = now.minusSeconds(1);
    chat.lastSends.removeIf(sent -> !sent.isAfter(secondAgo));
    if (chat.lastSends.size() >= messagesPerSecond) {
      throw Refused.tooMany(1);
    }
    chat.lastSends.add(now);
  }

  /** #sendmessage, text: 1-4096 characters after entities parsing */
  private static Formatted formatted(ObjectNode params) {
    String source = text(params, "text").orElse("");
    String mode = text(params, "parse_mode").orElse("").toLowerCase(Locale.ROOT);
    Formatted formatted =
        switch (mode) {
          case "" -> new Formatted(source, entities(params, source));
          case "html" -> new Html(source).parse();
          default -> throw Refused.badRequest("unsupported parse_mode, this server knows HTML");
        };
    if (source.isEmpty()) {
      throw Refused.badRequest("message text is empty");
    }
    if (formatted.text().isBlank()) {
      throw Refused.badRequest("text must be non-empty");
    }
    if (formatted.text().length() > LONGEST_TEXT) {
      throw Refused.badRequest("message is too long");
    }
    checkNesting(formatted.entities());
    return formatted;
  }

  /** #messageentity: offsets and lengths in UTF-16 code units */
  private static ArrayNode entities(ObjectNode params, String text) {
    JsonNode given = json(params, "entities").orElse(NODES.arrayNode());
    if (!given.isArray()) {
      throw Refused.badRequest("can't parse entities: an array is expected");
    }
    Set<String> types =
        Set.of(
            ("mention hashtag cashtag bot_command url email phone_number bold italic underline "
                    + "strikethrough spoiler blockquote expandable_blockquote code "
                    + "pre text_link text_mention custom_emoji")
                .split(" ", -1));
    List<ObjectNode> entities = new ArrayList<>();
    for (JsonNode entity : given) {
      String type = entity.path("type").asText();
      if (!types.contains(type)) {
        throw Refused.badRequest("can't parse MessageEntity: unknown type « " + type + " »");
      }
      long offset = integer(entity, "offset").orElse(-1);
      long length = integer(entity, "length").orElse(0);
      if (offset < 0 || length <= 0) {
        throw Refused.badRequest("can't parse MessageEntity: offset < 0 or length < 1");
      }
      if (offset + length > text.length()) {
        throw Refused.badRequest(
            "entity beginning at UTF-16 offset %d ends after the end of the text at offset %d"
                .formatted(offset, offset + length));
      }
      if (cutsCharacter(text, (int) offset) || cutsCharacter(text, (int) (offset + length))) {
        throw Refused.badRequest(
            "entity beginning at UTF-16 offset %d ends in a middle of a UTF-16 symbol"
                .formatted(offset));
      }
      if (type.equals("text_link") && text(entity, "url").orElse("").isEmpty()) {
        throw Refused.badRequest("can't parse MessageEntity: text_link without url");
      }
      ObjectNode kept = entity.deepCopy();
      entities.add(
          kept.retain("offset", "length", "type", "url", "user", "language", "custom_emoji_id"));
    }
    return sorted(entities);
  }

  private static boolean cutsCharacter(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isHighSurrogate(text.charAt(at - 1))
        && Character.isLowSurrogate(text.charAt(at));
  }

  private static ArrayNode sorted(List<ObjectNode> entities) {
    entities.sort(
        Comparator.comparingInt((ObjectNode entity) -> entity.path("offset").asInt())
            .thenComparingInt(entity -> -entity.path("length").asInt()));
    return NODES.arrayNode().addAll(entities);
  }

  /** #formatting-options, message entities can be nested: the real server splits or drops them */
  private static void checkNesting(ArrayNode entities) {
    Set<String> styles = Set.of("bold", "italic", "underline", "strikethrough", "spoiler");
    Set<String> quotes = Set.of("blockquote", "expandable_blockquote");
    Set<String> codes = Set.of("code", "pre");
    for (int i = 0; i < entities.size(); i++) {
      for (int j = i + 1; j < entities.size(); j++) {
        JsonNode outer = entities.get(i);
        JsonNode inner = entities.get(j);
        int start = inner.path("offset").asInt();
        int end = outer.path("offset").asInt() + outer.path("length").asInt();
        if (start < end) {
          String a = outer.path("type").asText();
          String b = inner.path("type").asText();
          boolean within = start + inner.path("length").asInt() <= end;
          boolean code = codes.contains(a) || codes.contains(b);
          boolean quote = quotes.contains(a) != quotes.contains(b);
          boolean style = styles.contains(a) || styles.contains(b);
          if (!within || (!quote && (code || !style))) {
            throw Refused.badRequest(
                "can't parse entities: %s can't be nested in %s".formatted(b, a));
          }
        }
      }
    }
  }

  /** #inlinekeyboardbutton */
  private static Optional<JsonNode> inlineKeyboard(ObjectNode params) {
    Optional<JsonNode> markup = json(params, "reply_markup");
    if (markup.isEmpty()) {
      return Optional.empty();
    }
    JsonNode rows = markup.get().path("inline_keyboard");
    if (rows.isMissingNode()
        && (markup.get().has("keyboard")
            || markup.get().has("remove_keyboard")
            || markup.get().has("force_reply"))) {
      return Optional.empty();
    }
    if (!rows.isArray()) {
      throw Refused.badRequest("object expected as reply markup");
    }
    for (JsonNode row : rows) {
      if (!row.isArray()) {
        throw Refused.badRequest("field \"inline_keyboard\" must be an Array of Arrays");
      }
      for (JsonNode button : row) {
        checkButton(button);
      }
    }
    return rows.isEmpty() ? Optional.empty() : markup.map(JsonNode::deepCopy);
  }

  private static void checkButton(JsonNode button) {
    Optional<String> url = text(button, "url");
    Optional<String> data = text(button, "callback_data");
    if (text(button, "text").orElse("").isBlank()) {
      throw Refused.badRequest("can't parse inline keyboard button: text must be non-empty");
    }
    if (url.isPresent() == data.isPresent()) {
      throw Refused.badRequest(
          "can't parse inline keyboard button: one of url and callback_data is expected");
    }
    if (data.isPresent()) {
      int bytes = data.get().getBytes(UTF_8).length;
      if (bytes < 1 || bytes > 64) {
        throw Refused.badRequest("BUTTON_DATA_INVALID");
      }
    }
    if (url.isPresent() && !url.get().matches("(https?|tg)://\\S+")) {
      throw Refused.badRequest("BUTTON_URL_INVALID");
    }
  }

  /** #html-style, the tags that a text of ours may use */
  private static final class Html {
    private static final Map<String, String> TYPES =
        Map.ofEntries(
            Map.entry("b", "bold"),
            Map.entry("strong", "bold"),
            Map.entry("i", "italic"),
            Map.entry("em", "italic"),
            Map.entry("u", "underline"),
            Map.entry("s", "strikethrough"),
            Map.entry("code", "code"),
            Map.entry("pre", "pre"),
            Map.entry("a", "text_link"),
            Map.entry("blockquote", "blockquote"),
            Map.entry("tg-spoiler", "spoiler"));
    private static final Map<String, String> ATTRIBUTES =
        Map.of("a", "href", "code", "class", "blockquote", "expandable");
    private static final String VALUE = "(\"[^\"<>]*\"|'[^'<>]*')";
    private static final Pattern START =
        Pattern.compile("(?i)<([a-z][a-z0-9-]*)(?:\\s+([a-z-]+)(?:=" + VALUE + ")?)?\\s*>");
    private static final Pattern END = Pattern.compile("(?i)</([a-z][a-z0-9-]*)\\s*>");
    private static final Pattern REFERENCE =
        Pattern.compile("&(?:(lt|gt|amp|quot)|#(\\d{1,7})|#x([0-9a-fA-F]{1,6}));");

    private record Open(String tag, String attribute, String value, int offset) {}

    private final String source;
    private final StringBuilder text = new StringBuilder();
    private final List<ObjectNode> entities = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private int at;

    Html(String source) {
      this.source = source;
    }

    Formatted parse() {
      while (at < source.length()) {
        switch (source.charAt(at)) {
          case '<' -> {
            if (source.startsWith("</", at)) {
              end();
            } else {
              start();
            }
          }
          case '>' -> throw refused("Unescaped \">\"");
          case '&' -> text.append(reference(match(REFERENCE, "Unescaped \"&\"")));
          default -> {
            text.append(source.charAt(at));
            at++;
          }
        }
      }
      if (!open.isEmpty()) {
        throw refused(
            "Can't find end tag corresponding to start tag \"" + open.peek().tag() + "\"");
      }
      return new Formatted(text.toString(), sorted(entities));
    }

    private void start() {
      Matcher matcher = match(START, "Unsupported start tag");
      String tag = matcher.group(1).toLowerCase(Locale.ROOT);
      String attribute = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
      String quoted = matcher.group(3) == null ? "\"\"" : matcher.group(3);
      if (!TYPES.containsKey(tag)) {
        throw refused("Unsupported start tag \"" + tag + "\"");
      }
      if (!attribute.isEmpty() && !attribute.equals(ATTRIBUTES.get(tag))) {
        throw refused("Unsupported attribute \"%s\" of \"%s\"".formatted(attribute, tag));
      }
      String value = unescaped(quoted.substring(1, quoted.length() - 1));
      if (tag.equals("a") && value.isEmpty()) {
        throw refused("Link without href");
      }
      open.push(new Open(tag, attribute, value, text.length()));
    }

    private String unescaped(String value) {
      Matcher matcher = REFERENCE.matcher(value);
      String rest = matcher.replaceAll("");
      if (rest.contains("&")) {
        throw refused("Unescaped \"&\"");
      }
      return matcher.reset().replaceAll(found -> Matcher.quoteReplacement(reference(matcher)));
    }

    private void end() {
      String tag = match(END, "Unsupported end tag").group(1).toLowerCase(Locale.ROOT);
      if (open.isEmpty()) {
        throw refused("Unexpected end tag \"" + tag + "\"");
      }
      Open start = open.pop();
      if (!start.tag().equals(tag)) {
        throw refused(
            "Unmatched end tag, expected \"</%s>\", found \"</%s>\"".formatted(start.tag(), tag));
      }
      if (tag.equals("code") && !open.isEmpty() && open.peek().tag().equals("pre")) {
        // <pre><code class="language-…">: one entity, the outer one
        Open pre = open.pop();
        open.push(new Open("pre", start.attribute(), start.value(), pre.offset()));
      } else if (text.length() > start.offset()) {
        entities.add(entity(start));
      }
    }

    private ObjectNode entity(Open start) {
      ObjectNode entity = NODES.objectNode().put("offset", start.offset());
      entity.put("length", text.length() - start.offset());
      String type = TYPES.get(start.tag());
      entity.put("type", start.attribute().equals("expandable") ? "expandable_" + type : type);
      if (type.equals("text_link")) {
        entity.put("url", start.value());
      }
      if (type.equals("pre") && start.value().startsWith("language-")) {
        entity.put("language", start.value().substring("language-".length()));
      }
      return entity;
    }

    private static String reference(Matcher matcher) {
      if (matcher.group(1) != null) {
        return switch (matcher.group(1)) {
          case "lt" -> "<";
          case "gt" -> ">";
          case "amp" -> "&";
          default -> "\"";
        };
      }
      int code =
          matcher.group(2) != null
              ? Integer.parseInt(matcher.group(2))
              : Integer.parseInt(matcher.group(3), 16);
      if (!Character.isValidCodePoint(code)) {
        throw Refused.badRequest("can't parse entities: no character " + code);
      }
      return Character.toString(code);
    }

    private Matcher match(Pattern pattern, String otherwise) {
      Matcher matcher = pattern.matcher(source).region(at, source.length());
      if (!matcher.lookingAt()) {
        throw refused(otherwise);
      }
      at = matcher.end();
      return matcher;
    }

    private Refused refused(String why) {
      int offset = source.substring(0, at).getBytes(UTF_8).length;
      return Refused.badRequest(
          "can't parse entities: %s at byte offset %d".formatted(why, offset));
    }
  }
}
