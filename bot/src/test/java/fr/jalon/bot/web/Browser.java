package fr.jalon.bot.web;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person's browser without script: keeps one cookie, sends forms, follows to where it is told.
 */
final class Browser implements AutoCloseable {
  private static final Pattern COOKIE = Pattern.compile("jalon=([^;]*);.*");

  private final HttpClient client = HttpClient.newHttpClient();
  private final String home;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String cookie = "";

  Browser(int port) {
    home = "http://127.0.0.1:" + port;
  }

  /** Sends a header from now on. */
  Browser with(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Browser cookie(String value) {
    cookie = value;
    return this;
  }

  String cookie() {
    return cookie;
  }

  HttpResponse<String> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<String> send(String method, String path) {
    return send(request(path).method(method, BodyPublishers.noBody()));
  }

  HttpResponse<String> post(String body) {
    return send(
        request("/")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> ask(String question) {
    return post("question=" + URLEncoder.encode(question, StandardCharsets.UTF_8));
  }

  /** Asks, and reads the page that shows the answer. */
  String answer(String question) {
    HttpResponse<String> sent = ask(question);
    if (sent.statusCode() != 303) {
      throw new AssertionError(sent.statusCode() + " " + sent.body());
    }
    return page();
  }

  String page() {
    return get("/").body();
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(home + path));
    headers.forEach(request::header);
    if (!cookie.isEmpty()) {
      request.header("Cookie", "jalon=" + cookie);
    }
    return request;
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    HttpResponse<String> response;
    try {
      response = client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    Optional<String> given = response.headers().firstValue("Set-Cookie");
    given.map(COOKIE::matcher).filter(Matcher::matches).ifPresent(c -> cookie = c.group(1));
    return response;
  }

  @Override
  public void close() {
    client.close();
  }
}
