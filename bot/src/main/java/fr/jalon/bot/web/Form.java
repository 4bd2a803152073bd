package fr.jalon.bot.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The fields of a form, as {@code application/x-www-form-urlencoded} (WHATWG URL). */
record Form(Map<String, String> fields) {
  static final int MOST_BYTES = 16 * 1024;

  /** A body longer than {@link #MOST_BYTES}, of which no more was read. */
  static final class TooLongException extends Exception {}

  /** A body that is not a form. */
  static final class MalformedException extends Exception {}

  Form {
    fields = Map.copyOf(fields);
  }

  /** Reads a body; of a field given twice the first counts. */
  static Form read(InputStream body) throws IOException, TooLongException, MalformedException {
    byte[] bytes = body.readNBytes(MOST_BYTES + 1);
    if (bytes.length > MOST_BYTES) {
      throw new TooLongException();
    }
    Map<String, String> fields = new HashMap<>();
    for (String pair : new String(bytes, StandardCharsets.UTF_8).split("&", -1)) {
      int equals = pair.indexOf('=');
      try {
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        fields.putIfAbsent(decoded(name), decoded(value));
      } catch (IllegalArgumentException e) {
        throw new MalformedException();
      }
    }
    return new Form(fields);
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A field with plain line ends; empty when absent. */
  String text(String name) {
    return fields.getOrDefault(name, "").replace("\r\n", "\n");
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
