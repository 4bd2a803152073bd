package fr.jalon.bot.web;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.jalon.bot.Shipped;
import fr.jalon.bot.conversation.Serving;
import fr.jalon.bot.conversation.Talk;
import fr.jalon.bot.conversation.Wording;
import fr.jalon.knowledge.SnapshotDirectory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

class WebDoorTest {
  private static final String NIR = "1 85 05 57 123 456 42";
  private static Serving serving;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-25T10:00:00Z"));
  private WebDoor door;
  private Browser browser;

  @BeforeAll
  static void build() {
    Shipped.snapshot();
    serving = new Serving(Shipped.directory());
  }

  @AfterAll
  static void close() {
    serving.close();
  }

  @BeforeEach
  void open() throws BindException {
    door = door(serving, 1);
    door.start();
    browser = new Browser(door.port());
  }

  @AfterEach
  void stop() {
    browser.close();
    door.close();
  }

  private WebDoor door(Serving served, long seed) {
    Wording wording =
        new Wording("la Mission locale d'essai", Duration.ofDays(1), ZoneId.of("Europe/Paris"));
    return new WebDoor(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new Talk(served, wording),
        wording,
        now::get,
        new Random(seed));
  }

  private void passes(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** The pieces that a pattern captures, in order. */
  private static List<String> all(String pattern, String page) {
    return Pattern.compile(pattern, Pattern.DOTALL)
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private static List<String> questions(String page) {
    return all(
        "<h2 class=\"question\"><span class=\"lecteur\">Vous\u00a0: </span>(.*?)</h2>", page);
  }

  @Test
  void saysWhatJalonIsIsNotAndKeeps() {
    HttpResponse<String> page = browser.get("/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(header(page, "Content-Type")).isEqualToIgnoringCase("text/html;charset=utf-8");
    assertThat(page.body())
        .contains("<html lang=\"fr\">")
        .contains("répond à vos questions")
        .contains("aucune réponse n'est une décision officielle")
        .contains("Rien n'est enregistré")
        .contains("oubliée après 30 minutes");
    assertThat(header(page, "Set-Cookie")).isEmpty();
  }

  @Test
  void answersAFormAndLeadsToTheAnswer() {
    HttpResponse<String> sent = browser.ask("Combien coûte une VAE ?");
    assertThat(sent.statusCode()).isEqualTo(303);
    assertThat(header(sent, "Location")).isEqualTo("/#derniere");
    String page = browser.page();
    assertThat(questions(page)).containsExactly("Combien coûte une VAE ?");
    assertThat(page).contains("id=\"derniere\"").contains("Sources");
  }

  @Test
  void understandsAFollowUp() {
    browser.answer("Quelle est la durée du DAEU ?");
    String alone = new Browser(door.port()).answer("et le prix ?");
    String page = browser.answer("et le prix ?");
    assertThat(questions(page)).containsExactly("Quelle est la durée du DAEU ?", "et le prix ?");
    assertThat(page.substring(page.indexOf("id=\"derniere\""))).contains("DAEU");
    assertThat(alone).doesNotContain("DAEU coûte");
  }

  @Test
  void offersNextQuestionsAsButtonsThatCanBeTapped() {
    String page = browser.answer("Combien coûte une VAE ?");
    List<String> next =
        all("<button class=\"choix\" name=\"question\" value=\"([^/][^\"]*)\"", page);
    assertThat(next).isNotEmpty();
    String question = next.get(0).replace("&#39;", "'");
    assertThat(questions(browser.answer(question))).last().isEqualTo(next.get(0));
  }

  @Test
  void offersQuestionsToBeginWith() {
    assertThat(
            all("<button class=\"choix\" name=\"question\" value=\"([^/][^\"]*)\"", browser.page()))
        .hasSize(4);
  }

  @Test
  void linksCitationsToTheirSources() {
    String page = browser.answer("Combien coûte une VAE ?");
    List<String> links = all("<a (href=[^>]*)>\\[[0-9]+\\]</a>", page);
    assertThat(links)
        .isNotEmpty()
        .allMatch(link ->
            link.matches("href=\"https?://[^\"]+\" rel=\"noopener noreferrer nofollow\" .*"));
  }

  @Test
  void escapesWhatPeopleType() {
    String page = browser.answer("VAE <script>alert(1)</script> \"' {{title}} & cie ?");
    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;").contains("{{title}}");
  }

  @Test
  void masksPersonalNumbersAndKeepsOnlyTheMaskedQuestion() {
    String page = browser.answer("mon numéro est " + NIR + ", comment financer une VAE ?");
    assertThat(page)
        .doesNotContain("123 456")
        .contains("[numéro masqué]")
        .contains("masqué votre numéro de sécurité sociale");
  }

  @Test
  void masksWhatIsSentBackToBeWrittenAnew() {
    HttpResponse<String> page = browser.ask(NIR + " " + "x".repeat(5_000));
    assertThat(page.statusCode()).isEqualTo(413);
    assertThat(page.body()).doesNotContain("123 456").contains("4 096 caractères au plus");
  }

  @Test
  void givesAStrictRandomCookieWithTheFirstQuestionOnly() {
    String first = header(browser.ask("VAE ?"), "Set-Cookie");
    assertThat(first).matches("jalon=[A-Za-z0-9_-]{22}; Path=/; HttpOnly; SameSite=Strict");
    assertThat(header(browser.ask("CPF ?"), "Set-Cookie")).isEmpty();
    assertThat(header(new Browser(door.port()).ask("VAE ?"), "Set-Cookie")).isNotEqualTo(first);
  }

  @Test
  void marksTheCookieSecureWhenTheQuestionCameByHttps() {
    assertThat(header(browser.with("X-Forwarded-Proto", "https").ask("VAE ?"), "Set-Cookie"))
        .endsWith("; Secure");
  }

  @Test
  void neverAdoptsACookieItDidNotGive() {
    browser.cookie("A".repeat(22)).ask("VAE ?");
    assertThat(browser.cookie()).isNotEqualTo("A".repeat(22)).hasSize(22);
  }

  @Test
  void keepsTheLastTwelveExchanges() {
    List<String> asked = IntStream.rangeClosed(1, 14).mapToObj(i -> "VAE question " + i).toList();
    asked.forEach(browser::ask);
    assertThat(questions(browser.page())).isEqualTo(asked.subList(2, 14));
  }

  @Test
  void forgetsAfterThirtyIdleMinutesAndSaysSoOnce() {
    browser.ask("VAE ?");
    passes(Duration.ofMinutes(29));
    assertThat(questions(browser.page())).hasSize(1);
    passes(Duration.ofMinutes(30));
    String page = browser.page();
    assertThat(questions(page)).isEmpty();
    assertThat(page).contains("n&#39;est plus gardée");
    assertThat(browser.page()).doesNotContain("plus gardée");
  }

  @Test
  void showsNothingOfOthers() {
    browser.ask("VAE ?");
    assertThat(questions(new Browser(door.port()).page())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"effacer=oui", "question=%2Foublier"})
  void erasesAtOnceAndSaysSo(String form) {
    browser.ask("VAE ?");
    String cookie = browser.cookie();
    HttpResponse<String> erased = browser.post(form);
    assertThat(erased.statusCode()).isEqualTo(303);
    assertThat(header(erased, "Set-Cookie")).startsWith("jalon=; ").contains("Max-Age=0");
    String page = browser.get(header(erased, "Location")).body();
    assertThat(page).contains("C&#39;est effacé");
    assertThat(questions(page)).isEmpty();
    assertThat(questions(browser.cookie(cookie).page())).isEmpty();
  }

  @Test
  void erasesEvenWhenTooMuchWasAsked() {
    IntStream.range(0, 25).forEach(i -> browser.ask("VAE ?"));
    assertThat(browser.post("effacer=oui").statusCode()).isEqualTo(303);
  }

  @ParameterizedTest
  @CsvSource({
    "/aide, Écrivez votre question comme vous parlez",
    "/start, Je n&#39;enregistre rien",
    "/routes, Touchez une question",
    "/sources, Mes réponses viennent de guides",
    "/mesdonnees, nos 12 derniers échanges",
    "/confidentialite, la Mission locale d&#39;essai",
    "/humain, mon-cep.org",
    "/AIDE, Écrivez votre question comme vous parlez"
  })
  void obeysCommandsAndSaysOnlyWhatIsTrueOfThePage(String command, String said) {
    assertThat(browser.answer(command)).contains(said).doesNotContain("24 heures");
  }

  @Test
  void offersEverySubjectAsAButton() {
    String page = browser.answer("/routes");
    assertThat(all("<button class=\"choix\" name=\"question\" value=\"([^/][^\"]*)\"", page))
        .hasSameSizeAs(serving.questions())
        .hasSizeGreaterThan(20);
  }

  @Test
  void asksForAQuestionWhenThereIsNone() {
    HttpResponse<String> page = browser.ask(" \r\n ");
    assertThat(page.statusCode()).isEqualTo(400);
    assertThat(page.body()).contains("Écrivez votre question dans le cadre");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Sec-Fetch-Site, same-origin, 303",
    "Sec-Fetch-Site, none, 303",
    "Origin, https://ailleurs.example, 403",
    "Origin, not an origin, 403",
    "Origin, null, 303"
  })
  void refusesFormsOfOtherSites(String name, String value, int status) {
    HttpResponse<String> sent = browser.with(name, value).ask("VAE ?");
    assertThat(sent.statusCode()).isEqualTo(status);
    assertThat(sent.body()).matches(body -> status == 303 || body.contains("Envoi refusé"));
  }

  @Test
  void acceptsItsOwnOriginFromABrowserThatSaysNothingElse() {
    String own = "http://127.0.0.1:" + door.port();
    assertThat(browser.with("Origin", own).ask("VAE ?").statusCode()).isEqualTo(303);
    assertThat(new Browser(door.port()).with("Origin", own + "1").ask("VAE ?").statusCode())
        .isEqualTo(403);
  }

  @Test
  void asksToWaitAfterTwentyQuestionsInAMinute() {
    IntStream.range(0, 20).forEach(i -> browser.answer("VAE ?"));
    HttpResponse<String> refused = browser.ask("et <combien> ça coûte ?");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(header(refused, "Retry-After")).isEqualTo("3");
    assertThat(refused.body())
        .contains("Attendez quelques secondes")
        .contains(">et &lt;combien&gt; ça coûte ?</textarea>");
    passes(Duration.ofSeconds(3));
    assertThat(browser.ask("VAE ?").statusCode()).isEqualTo(303);
    assertThat(browser.ask("VAE ?").statusCode()).isEqualTo(429);
  }

  @Test
  void countsTheQuestionsOfOneAddressWhateverItsCookies() {
    List<Integer> statuses =
        IntStream.range(0, 21)
            .mapToObj(i -> new Browser(door.port()).ask("VAE ?").statusCode())
            .toList();
    assertThat(statuses.subList(0, 20)).containsOnly(303);
    assertThat(statuses).last().isEqualTo(429);
    assertThat(browser.with("X-Forwarded-For", "203.0.113.7").ask("VAE ?").statusCode())
        .isEqualTo(303);
  }

  @Test
  void countsTheQuestionsOfOneSessionWhateverItsAddresses() {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 22; i++) {
      Browser moving = new Browser(door.port()).with("X-Forwarded-For", "1.2.3.4, 203.0.113." + i);
      statuses.add(moving.cookie(browser.cookie()).ask("VAE ?").statusCode());
      browser.cookie(moving.cookie());
    }
    assertThat(statuses).contains(429);
  }

  @Test
  void refusesALongBodyWhateverItsLength() {
    assertThat(browser.post("question=" + "x".repeat(Form.MOST_BYTES)).body())
        .contains("Message trop long");
    byte[] body = ("question=" + "x".repeat(Form.MOST_BYTES)).getBytes(StandardCharsets.UTF_8);
    HttpResponse<String> unannounced =
        browser.send(
            browser
                .request("/")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    assertThat(unannounced.statusCode()).isEqualTo(413);
  }

  @Test
  void readsAQuestionOfExactlyTheLongestLength() {
    assertThat(browser.ask("VAE ".repeat(1_024)).statusCode()).isEqualTo(303);
    assertThat(browser.ask("VAE ".repeat(1_024) + "?").statusCode()).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /admin, 404",
    "POST, /ailleurs, 404",
    "POST, /sante, 404",
    "PUT, /, 405",
    "DELETE, /, 405",
    "OPTIONS, /, 405",
    "TRACE, /, 405",
    "PATCH, /style.css, 405",
    "FOO, /, 405"
  })
  void refusesOtherPathsAndMethodsInFrench(String method, String path, int status) {
    HttpResponse<String> response = browser.send(method, path);
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains("lang=\"fr\"").contains("Revenir à la conversation");
    assertThat(header(response, "Content-Security-Policy")).startsWith("default-src 'none'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"multipart/form-data; boundary=x", "text/plain", "application/json"})
  void readsNothingButForms(String type) {
    HttpResponse<String> response =
        browser.send(
            browser.request("/").header("Content-Type", type).POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(415);
  }

  @Test
  void refusesAFormItCannotRead() {
    assertThat(browser.post("question=%zz").statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"GET / HTTP/1.1\r\nX: \u0001", "GET /../etc HTTP/1.1", "GET /%00 HTTP/1.1"})
  void refusesWhatIsNotHttpInFrenchAndWithoutItsName(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), door.port())) {
      socket
          .getOutputStream()
          .write((request + "\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer)
          .startsWith("HTTP/1.1 400")
          .contains("Requête illisible")
          .doesNotContain("etty");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/introuvable", "/sante"})
  void protectsEveryAnswer(String path) {
    HttpResponse<String> response = browser.get(path);
    assertThat(header(response, "Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
    assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(header(response, "Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
    assertThat(header(response, "Server")).isEmpty();
  }

  @Test
  void needsNothingFromElsewhereAndNoScript() {
    String page = browser.page() + browser.answer("VAE ?");
    assertThat(page).doesNotContain("<script", "<img", "style=\"", " onclick", "<iframe");
    assertThat(all("<link[^>]*href=\"([^\"]*)\"", page)).allMatch(link -> link.startsWith("/"));
    assertThat(browser.get("/style.css").body()).doesNotContain("url(", "@import", "http");
  }

  @Test
  void answersHeadWithoutABody() {
    HttpResponse<String> head = browser.send("HEAD", "/");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(header(head, "Content-Type")).startsWith("text/html");
  }

  @Test
  void letsTheStyleSheetBeKeptAsLongAsItIsTheSame() {
    String address = all("<link rel=\"stylesheet\" href=\"([^\"]*)\"", browser.page()).get(0);
    HttpResponse<String> style = browser.get(address);
    assertThat(header(style, "Content-Type")).startsWith("text/css");
    assertThat(header(style, "Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    String tag = header(style, "ETag");
    assertThat(browser.with("If-None-Match", tag).get("/style.css").statusCode()).isEqualTo(304);
    assertThat(header(browser.get("/style.css?old"), "Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void saysWhetherItCanAnswer(@TempDir Path empty) throws BindException {
    HttpResponse<String> health = browser.get("/sante");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).isEqualTo("ok");
    try (Serving none = new Serving(new SnapshotDirectory(empty));
        WebDoor broken = door(none, 2)) {
      broken.start();
      Browser other = new Browser(broken.port());
      assertThat(other.get("/sante").statusCode()).isEqualTo(503);
      assertThat(other.answer("VAE ?")).contains("Je ne peux pas répondre en ce moment");
      assertThat(other.answer("/routes")).contains("Touchez une question");
    }
  }

  @Test
  void hasOneHeadingLandmarksALabelAndAWayToSkip() {
    String page = browser.answer("Combien coûte une VAE ?");
    assertThat(all("(<h1)", page)).hasSize(1);
    assertThat(all("(<main)", page)).hasSize(1);
    assertThat(page)
        .contains("<header", "<footer", "<a class=\"saut\" href=\"#question\">")
        .contains("<label for=\"question\">", "id=\"question\"")
        .contains("role=\"log\" aria-live=\"polite\"");
    Matcher ids = Pattern.compile(" id=\"([^\"]+)\"").matcher(page);
    assertThat(ids.results().map(MatchResult::group)).doesNotHaveDuplicates();
  }

  @Test
  void logsNeitherTextNorCookieNorAddress() {
    List<String> logged = new ArrayList<>();
    Handler listener =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + entry.getThrown());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    listener.setLevel(Level.ALL);
    Logger root = Logger.getLogger("");
    root.addHandler(listener);
    try {
      browser.with("X-Forwarded-For", "203.0.113.99").answer("Zanzibar et la VAE ?");
      browser.post("question=%zzZanzibar");
      browser.get("/Zanzibar");
    } finally {
      root.removeHandler(listener);
    }
    String all = logged.stream().collect(joining("\n"));
    assertThat(all).doesNotContain("Zanzibar", browser.cookie(), "203.0.113");
  }

  @Test
  void handsOverWhatAnotherProgramSends() throws Exception {
    List<String> received = new ArrayList<>();
    try (WebDoor second = door(serving, 9);
        HttpClient client = HttpClient.newHttpClient()) {
      second.receive(
          "/telegram",
          "X-Secret",
          (secret, body) -> {
            received.add(secret + ": " + new String(body, StandardCharsets.UTF_8));
            return 204;
          });
      second.start();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + second.port() + "/telegram"));
      HttpResponse<Void> taken =
          client.send(
              request.header("X-Secret", "s").POST(BodyPublishers.ofString("{}")).build(),
              BodyHandlers.discarding());
      HttpResponse<Void> tooLong =
          client.send(
              request.POST(BodyPublishers.ofByteArray(new byte[(1 << 20) + 1])).build(),
              BodyHandlers.discarding());
      assertThat(List.of(taken.statusCode(), tooLong.statusCode())).containsExactly(204, 413);
      assertThat(received).containsExactly("s: {}");
    }
  }

  @Test
  void saysThatItsAddressIsTaken() throws BindException {
    Wording wording = new Wording();
    try (WebDoor second =
        new WebDoor(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), door.port()),
            new Talk(serving, wording),
            wording,
            now::get)) {
      assertThatThrownBy(second::start)
          .isInstanceOf(BindException.class)
          .hasMessage("127.0.0.1:" + door.port());
    }
  }

  @Test
  void answersManyAtOnce() throws InterruptedException {
    List<String> pages = new ArrayList<>();
    List<Thread> threads =
        IntStream.range(0, 16)
            .mapToObj(i ->
                Thread.startVirtualThread(() -> {
                  Browser one = new Browser(door.port()).with("X-Forwarded-For", "198.51.100." + i);
                  one.answer("VAE " + i + " ?");
                  String page = one.answer("et le CPF " + i + " ?");
                  synchronized (pages) {
                    pages.add(questions(page).toString());
                  }
                }))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(pages)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, 16)
                .mapToObj(i -> List.of("VAE " + i + " ?", "et le CPF " + i + " ?").toString())
                .toList());
  }
}
