package fr.jalon.bot.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.microsoft.playwright.options.ReducedMotion;
import fr.jalon.bot.Shipped;
import fr.jalon.bot.conversation.Serving;
import fr.jalon.bot.conversation.Talk;
import fr.jalon.bot.conversation.Wording;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page as Chromium shows it, audited by axe-core; pictures in {@code target/screenshots}. */
@Tag("browser")
class PageInBrowserTest {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Path AXE =
      Path.of("target", "browser", "node_modules", "axe-core", "axe.min.js");
  private static Playwright playwright;
  private static Browser chromium;
  private static Serving serving;
  private static String axe;

  private final List<String> complaints = new ArrayList<>();
  private WebDoor door;
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void launch() throws IOException {
    Shipped.snapshot();
    serving = new Serving(Shipped.directory());
    axe = Files.readString(AXE);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    chromium =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(executable())
                    .setArgs(List.of("--no-sandbox")));
  }

  @AfterAll
  static void quit() {
    playwright.close();
    serving.close();
  }

  @BeforeEach
  void open() throws BindException {
    Wording wording = new Wording();
    door =
        new WebDoor(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new Talk(serving, wording),
            wording,
            InstantSource.fixed(Instant.parse("2026-11-25T10:00:00Z")),
            new Random(1));
    door.start();
  }

  @AfterEach
  void stop() {
    if (context != null) {
      context.close();
    }
    door.close();
  }

  private static Path executable() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no chromium on the PATH: apt-get install chromium"));
  }

  private void visit(int width, int height, ColorScheme scheme, boolean script) {
    context =
        chromium.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, height)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setLocale("fr-FR")
                .setBypassCSP(false)
                .setJavaScriptEnabled(script));
    page = context.newPage();
    page.onConsoleMessage(message -> complaints.add(message.type() + " " + message.text()));
    page.onPageError(complaints::add);
    page.navigate("http://127.0.0.1:" + door.port() + "/");
  }

  private void ask(String question) {
    page.getByLabel("question").fill(question);
    button("Envoyer").click();
  }

  private Locator button(String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  private void shoot(String name) {
    try {
      Files.createDirectories(SCREENSHOTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
  }

  private void shootWindow(String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  /** No serious or critical finding, no scroll sideways, nothing said on the console. */
  private void audit() {
    page.evaluate(axe);
    Object findings =
        page.evaluate(
            """
            async () => (await axe.run(document, {resultTypes: ['violations', 'incomplete']}))
              .violations.filter(v => ['serious', 'critical', 'moderate'].includes(v.impact))
              .map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))
            """);
    assertThat((List<?>) findings).isEmpty();
    assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
        .isEqualTo(0);
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"360, 740, LIGHT", "360, 740, DARK", "1280, 800, LIGHT", "1280, 800, DARK"})
  void asksIsAnsweredFollowsUpTapsAndErases(int width, int height, ColorScheme scheme) {
    String name = width + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-";
    visit(width, height, scheme, true);
    audit();
    shoot(name + "1-welcome");

    ask("Combien coûte une VAE ?");
    assertThat(page.locator("article")).hasCount(1);
    assertThat(page.locator("#derniere")).containsText("Sources");
    audit();
    shoot(name + "2-answered");
    shootWindow(name + "2-window");

    ask("et si je suis au chômage ?");
    assertThat(page.locator("article")).hasCount(2);
    assertThat(page.locator("#derniere")).isInViewport();
    audit();

    Locator next = page.locator("#derniere .choix").first();
    String tapped = next.textContent();
    next.click();
    assertThat(page.locator("#derniere .question")).containsText(tapped);
    audit();
    shoot(name + "3-tapped");

    button("Effacer la conversation").click();
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("C'est effacé");
    assertThat(page.getByRole(AriaRole.STATUS)).isInViewport();
    assertThat(page.locator("article")).hasCount(0);
    audit();
    shoot(name + "4-erased");

    button("Les sujets que je connais").click();
    audit();
    shoot(name + "5-subjects");
  }

  @Test
  void worksWithoutScript() {
    visit(360, 740, ColorScheme.LIGHT, false);
    ask("Combien coûte une VAE ?");
    assertThat(page.locator("article")).hasCount(1);
    button("Effacer la conversation").click();
    assertThat(page.locator("article")).hasCount(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Combien coûte une VAE ?", "/routes", "/confidentialite"})
  void fitsTheNarrowestPhone(String question) {
    visit(320, 568, ColorScheme.LIGHT, true);
    ask(question);
    audit();
    shoot("320-" + question.replaceAll("[^a-z]", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "clarify, je veux faire reconnaître ma VA",
    "greeting, bonjour",
    "unknown, qui est le directeur de la formation continue à Metz ?",
    "masked, 'mon numéro est 185055712345642, combien coûte le DAEU ?'",
    "emergency, je veux mourir"
  })
  void showsOtherAnswers(String name, String question) {
    visit(360, 740, ColorScheme.LIGHT, true);
    ask(question);
    audit();
    shoot("360-" + name);
  }

  @Test
  void keepsAQuestionThatMustWaitInTheBox() {
    visit(360, 740, ColorScheme.DARK, true);
    for (int i = 0; i < 20; i++) {
      ask("/aide");
    }
    ask("Combien coûte une VAE ?");
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Attendez quelques secondes");
    assertThat(page.getByRole(AriaRole.STATUS)).isInViewport();
    assertThat(page.locator("#question")).hasValue("Combien coûte une VAE ?");
    assertThat(page.locator("#question")).isInViewport();
    complaints.removeIf(complaint -> complaint.contains("429"));
    audit();
    shootWindow("360-dark-429");
  }

  @Test
  void makesEveryTargetLargeEnough() {
    visit(360, 740, ColorScheme.LIGHT, true);
    ask("Combien coûte une VAE ?");
    Object small =
        page.evaluate(
            """
            () => [...document.querySelectorAll('button, textarea, .sources a')]
              .filter(e => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
              .map(e => e.outerHTML)
            """);
    assertThat((List<?>) small).isEmpty();
    assertThat(page.evaluate("() => getComputedStyle(document.body).fontSize")).isEqualTo("16px");
  }

  @Test
  void canBeUsedWithTheKeyboard() {
    visit(1280, 800, ColorScheme.LIGHT, true);
    page.keyboard().press("Tab");
    shootWindow("1280-keyboard-skip");
    page.keyboard().press("Enter");
    assertThat(page.locator("#question")).isFocused();
    page.keyboard().type("Combien coûte une VAE ?");
    page.keyboard().press("Tab");
    assertThat(button("Envoyer")).isFocused();
    shootWindow("1280-keyboard-send");
    page.keyboard().press("Enter");
    assertThat(page.locator("article")).hasCount(1);
  }

  @Test
  void showsErrorsAndPrintsWithItsSources() {
    visit(360, 740, ColorScheme.DARK, true);
    ask("Combien coûte une VAE ?");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    assertThat(page.locator("textarea")).not().isVisible();
    shoot("print");
    page.pdf(new Page.PdfOptions().setPath(SCREENSHOTS.resolve("print.pdf")));
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));
    page.navigate("http://127.0.0.1:" + door.port() + "/rien");
    complaints.removeIf(complaint -> complaint.contains("404"));
    audit();
    shoot("360-dark-404");
  }
}
