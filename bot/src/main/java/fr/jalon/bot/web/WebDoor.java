package fr.jalon.bot.web;

import fr.jalon.bot.conversation.Intent;
import fr.jalon.bot.conversation.Intent.Topic;
import fr.jalon.bot.conversation.Reply;
import fr.jalon.bot.conversation.Talk;
import fr.jalon.bot.conversation.Wording;
import fr.jalon.bot.question.PersonalData;
import fr.jalon.bot.question.Turn;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers people in their browser, at {@code /}. A conversation is in memory only, for 30 minutes
 * at most after its last visit; no text, cookie or address is logged. Thread-safe.
 *
 * <p>A proxy on the same machine may say who asks ({@code X-Forwarded-For}, its last address) and
 * that they came by https ({@code X-Forwarded-Proto}).
 */
public final class WebDoor implements AutoCloseable {
  static final int LONGEST_QUESTION = 4_096;
  static final String COOKIE = "jalon";

  private static final Logger LOG = LoggerFactory.getLogger(WebDoor.class);
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
  private static final String HTML = "text/html; charset=utf-8";
  private static final String METHODS = "GET, HEAD, POST";
  private static final int EXAMPLES = 4;
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int MOST_RECEIVED = 1 << 20;

  /** The others wait: a thousand answers in the making would not fit in memory. */
  private static final int ANSWERS_AT_ONCE = 8;

  private static final Duration IDLE_CONNECTION = Duration.ofSeconds(30);

  /** How long the page is known to answer, or not, without asking it anew. */
  private static final Duration HEALTH = Duration.ofSeconds(5);

  private final InetSocketAddress address;
  private final Talk talk;
  private final Wording wording;
  private final InstantSource clock;
  private final Semaphore answering = new Semaphore(ANSWERS_AT_ONCE, true);
  private final Sessions sessions;
  private final Rates rates;
  private final Pages pages;
  private final Javalin server;
  private final ScheduledExecutorService keeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("web keeper").daemon().factory());
  private volatile Health health = new Health(Instant.MIN, false);

  private @Nullable ScheduledFuture<?> keeping;

  /** Another program that sends things here. */
  public interface Receiver {
    /**
     * Takes what was sent.
     *
     * @param secret what the sender proves itself by, null when it does not
     * @return the HTTP status to answer with
     */
    int receive(@Nullable String secret, byte[] body);
  }

  private record Health(Instant at, boolean answers) {}

  /**
   * A page; nothing is served before {@link #start}.
   *
   * @param address where to listen; port 0 for any that is free
   */
  public WebDoor(InetSocketAddress address, Talk talk, Wording wording, InstantSource clock) {
    this(address, talk, wording, clock, new SecureRandom());
  }

  WebDoor(
      InetSocketAddress address,
      Talk talk,
      Wording wording,
      InstantSource clock,
      RandomGenerator random) {
    this.address = address;
    this.talk = talk;
    this.wording = wording;
    this.clock = clock;
    sessions = new Sessions(clock, random);
    rates = new Rates(clock);
    pages = new Pages(wording);
    server = Javalin.create(this::configure);
  }

  /**
   * Begins to serve; returns at once.
   *
   * @throws BindException when the address is taken or not of this machine
   */
  public void start() throws BindException {
    String host =
        address.isUnresolved() ? address.getHostString() : address.getAddress().getHostAddress();
    try {
      server.start(host, address.getPort());
    } catch (JavalinBindException e) {
      BindException taken = new BindException(host + ":" + address.getPort());
      taken.initCause(e);
      throw taken;
    }
    keeping = keeper.scheduleWithFixedDelay(this::forget, 1, 1, TimeUnit.MINUTES);
  }

  /**
   * Has what is posted to a path received; before {@link #start}.
   *
   * @param path another than those of the page
   * @param header where the sender says its secret
   */
  public void receive(String path, String header, Receiver receiver) {
    server.unsafe.routes.post(
        path,
        context -> {
          byte[] body = context.req().getInputStream().readNBytes(MOST_RECEIVED + 1);
          context.status(
              body.length > MOST_RECEIVED ? 413 : receiver.receive(context.header(header), body));
        });
  }

  /** Where the page is served, once started. */
  public int port() {
    return server.port();
  }

  /** Stops serving and forgets every conversation. */
  @Override
  public void close() {
    if (keeping != null) {
      keeping.cancel(false);
    }
    keeper.shutdownNow();
    server.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.maxRequestSize = Form.MOST_BYTES;
    config.jetty.modifyHttpConfiguration(http -> {
      http.setSendServerVersion(false);
      http.setIdleTimeout(IDLE_CONNECTION.toMillis());
    });
    config.jetty.modifyServer(this::bound);
    config.routes.before(this::protect);
    config.routes.get("/", this::show);
    config.routes.head("/", this::show);
    config.routes.post("/", this::hear);
    config.routes.get("/style.css", this::style);
    config.routes.head("/style.css", this::style);
    config.routes.get("/sante", this::health);
    config.routes.head("/sante", this::health);
    config.routes.error(404, context -> refuse(context, 404));
    config.routes.exception(Exception.class, this::fail);
  }

  private void bound(Server jetty) {
    jetty.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, jetty));
    jetty.setErrorHandler(WebDoor::unreadable);
  }

  /** For what is not HTTP enough to reach a route. */
  private static boolean unreadable(Request request, Response response, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.getHeaders().put(new HttpField(HttpHeader.CACHE_CONTROL, "no-store"));
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    Content.Sink.write(response, true, "Requête illisible.\n", callback);
    return true;
  }

  private void forget() {
    sessions.purge();
    rates.purge();
  }

  private void protect(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("X-Frame-Options", "DENY");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    context.header("Cache-Control", "no-store");
    HandlerType method = context.method();
    if (!method.equals(HandlerType.GET)
        && !method.equals(HandlerType.HEAD)
        && !method.equals(HandlerType.POST)) {
      context.header("Allow", METHODS);
      refuse(context, 405);
      context.skipRemainingHandlers();
    } else if (method.equals(HandlerType.POST) && !isOurs(context)) {
      refuse(context, 403);
      context.skipRemainingHandlers();
    }
  }

  /**
   * Whether a form was sent from this page. A browser too old for Sec-Fetch-Site says only {@code
   * Origin: null}, because of our own Referrer-Policy (Fetch, « append a request Origin header »);
   * its strict cookie then keeps other sites out of the conversation.
   */
  private static boolean isOurs(Context context) {
    String site = context.header("Sec-Fetch-Site");
    if (site != null) {
      return site.equals("same-origin") || site.equals("none");
    }
    String origin = context.header("Origin");
    if (origin == null || origin.equals("null")) {
      return true;
    }
    try {
      String authority = URI.create(origin).getRawAuthority();
      String host = context.header("Host");
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private void show(Context context) {
    String id = context.cookie(COOKIE);
    Optional<Session> session = session(id);
    String notice = "";
    if (context.queryString() != null && session.isEmpty()) {
      notice = "efface".equals(context.queryString()) ? pages.text("notice.erased") : "";
    } else if (id != null && session.isEmpty()) {
      notice = pages.text("notice.forgotten");
      dropCookie(context);
    }
    conversation(context, 200, session, notice, "");
  }

  private void hear(Context context) throws IOException {
    String type = context.contentType();
    if (type == null
        || !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
      refuse(context, 415);
      return;
    }
    Form form;
    try {
      if (context.req().getContentLengthLong() > Form.MOST_BYTES) {
        throw new Form.TooLongException();
      }
      form = Form.read(context.req().getInputStream());
    } catch (Form.TooLongException e) {
      // The rest of the body is not read: what follows it cannot be told from it.
      context.header("Connection", "close");
      refuse(context, 413);
      return;
    } catch (Form.MalformedException e) {
      refuse(context, 400);
      return;
    }
    Optional<Session> session = session(context.cookie(COOKIE));
    if (form.has("effacer")) {
      erase(context, session);
    } else {
      hear(context, session, form.text("question"));
    }
  }

  private void hear(Context context, Optional<Session> session, String question) {
    if (question.length() > LONGEST_QUESTION) {
      conversation(context, 413, session, pages.text("notice.long"), masked(question));
      return;
    }
    switch (Intent.of(question)) {
      case Intent.Unreadable none ->
          conversation(context, 400, session, pages.text("notice.empty"), "");
      case Intent.Command command when command.topic() == Topic.FORGET -> erase(context, session);
      case Intent.Command command -> answer(context, session, question, command);
      case Intent.Ask ask -> answer(context, session, question, ask);
    }
  }

  private void answer(Context context, Optional<Session> known, String question, Intent intent) {
    Duration wait = rates.take(asker(context));
    if (wait.isZero() && known.isPresent()) {
      wait = known.get().take(clock.instant());
    }
    if (!wait.isZero()) {
      context.header("Retry-After", String.valueOf(wait.plusNanos(999_999_999).toSeconds()));
      conversation(context, 429, known, pages.text("notice.rate"), masked(question));
      return;
    }
    Session session = known.orElseGet(() -> opened(context));
    session.answer(turns ->
        switch (intent) {
          case Intent.Command command ->
              new Session.Answered(of(command.topic(), turns), List.of());
          case Intent.Ask ask -> asked(ask, turns);
          case Intent.Unreadable none -> throw new IllegalArgumentException("nothing to answer");
        });
    seeOther(context, "/#derniere");
  }

  private Session.Answered asked(Intent.Ask ask, List<Turn> turns) {
    Talk.Said said;
    answering.acquireUninterruptibly();
    try {
      said = talk.answer(ask, turns);
    } finally {
      answering.release();
    }
    return new Session.Answered(
        Session.Exchange.of(masked(ask.question()), said.reply()), said.turns());
  }

  /** What Jalon says of itself; what it keeps is not the same here as in a messenger. */
  private Session.Exchange of(Topic topic, List<Turn> turns) {
    Reply reply =
        switch (topic) {
          case START, MY_DATA, PRIVACY ->
              Reply.of(pages.text("about." + topic).replace("{operator}", wording.operator()));
          case ROUTES -> new Reply(pages.text("about.ROUTES"), List.of(), talk.questions());
          case HELP, SOURCES, HUMAN, FORGET ->
              talk.answer(new Intent.Command(topic), turns).reply();
        };
    return Session.Exchange.of(wording.command(topic), reply);
  }

  private Session opened(Context context) {
    Session session = sessions.open();
    setCookie(context, session.id(), "");
    return session;
  }

  private void erase(Context context, Optional<Session> session) {
    session.ifPresent(known -> sessions.forget(known.id()));
    dropCookie(context);
    seeOther(context, "/?efface");
  }

  private void style(Context context) {
    String tag = '"' + pages.styleHash() + '"';
    context.header("ETag", tag);
    context.header(
        "Cache-Control",
        pages.styleHash().equals(context.queryString())
            ? "public, max-age=31536000, immutable"
            : "no-cache");
    if (tag.equals(context.header("If-None-Match"))) {
      context.status(304);
    } else {
      context.contentType("text/css; charset=utf-8").result(pages.style());
    }
  }

  private void health(Context context) {
    Health known = health;
    Instant now = clock.instant();
    if (Duration.between(known.at(), now).compareTo(HEALTH) >= 0) {
      known = new Health(now, answers());
      health = known;
    }
    context.contentType("text/plain; charset=utf-8");
    context.status(known.answers() ? 200 : 503).result(known.answers() ? "ok" : "en panne");
  }

  private boolean answers() {
    return !talk.answer(new Intent.Ask(pages.text("health")), List.of()).turns().isEmpty();
  }

  private void conversation(
      Context context, int status, Optional<Session> session, String notice, String draft) {
    List<Session.Exchange> exchanges = session.map(Session::exchanges).orElse(List.of());
    List<String> examples =
        exchanges.isEmpty() ? talk.questions().stream().limit(EXAMPLES).toList() : List.of();
    context.status(status).contentType(HTML);
    context.result(pages.conversation(exchanges, notice, draft, examples));
  }

  private void refuse(Context context, int status) {
    context.status(status).contentType(HTML).result(pages.error(status));
  }

  private void fail(Exception failure, Context context) {
    LOG.error("a page could not be shown: {}", failure.getClass().getName());
    refuse(context, 500);
  }

  private Optional<Session> session(@Nullable String id) {
    return id == null ? Optional.empty() : sessions.find(id);
  }

  private static String masked(String text) {
    return PersonalData.mask(text).text();
  }

  private static void seeOther(Context context, String place) {
    context.status(303).header("Location", place);
  }

  private static void setCookie(Context context, String value, String more) {
    context
        .res()
        .addHeader(
            "Set-Cookie",
            COOKIE
                + "="
                + value
                + "; Path=/; HttpOnly; SameSite=Strict"
                + more
                + (isSecure(context) ? "; Secure" : ""));
  }

  private static void dropCookie(Context context) {
    setCookie(context, "", "; Max-Age=0");
  }

  /** Whoever lies about it harms only their own cookie. */
  private static boolean isSecure(Context context) {
    return context.req().isSecure()
        || "https".equalsIgnoreCase(context.header("X-Forwarded-Proto"));
  }

  /** The address of who asks, by the word of a proxy only when it is on this machine. */
  private static String asker(Context context) {
    String peer = context.ip().replaceAll("[\\[\\]]", "");
    boolean local = peer.startsWith("127.") || peer.equals("0:0:0:0:0:0:0:1") || peer.equals("::1");
    List<String> forwarded = Collections.list(context.req().getHeaders("X-Forwarded-For"));
    if (!local || forwarded.isEmpty()) {
      return peer;
    }
    String last = forwarded.getLast();
    return last.substring(last.lastIndexOf(',') + 1).strip();
  }
}
