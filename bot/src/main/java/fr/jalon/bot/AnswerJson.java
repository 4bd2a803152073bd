package fr.jalon.bot;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fr.jalon.bot.answer.Answer;
import fr.jalon.bot.answer.Citation;
import fr.jalon.bot.answer.Response;
import fr.jalon.bot.answer.Trace;
import fr.jalon.bot.conversation.Wording;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One answer as {@code ask --json} prints it: no key omitted, absent is null. */
record AnswerJson(
    @Nullable String id,
    String question,
    String status,
    Collection<String> routes,
    String text,
    List<Citation> citations,
    List<String> suggestions,
    List<Trace.TracedDrop> dropped,
    @Nullable String composer,
    String index,
    @JsonProperty("elapsed_ms") long elapsedMillis,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Trace trace) {
  static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  static AnswerJson of(
      @Nullable String id, Response response, Wording wording, long elapsedMillis, boolean traced) {
    List<Citation> citations = Wording.citations(response.answer());
    return new AnswerJson(
        id,
        response.trace().question().asked(),
        status(response.answer()),
        response.routes(),
        wording.text(response),
        citations,
        response.suggestions(),
        response.trace().dropped(),
        citations.isEmpty() ? null : "extracts",
        response.snapshot(),
        elapsedMillis,
        traced ? response.trace() : null);
  }

  static String status(Answer answer) {
    return switch (answer) {
      case Answer.Answered answered -> "answered";
      case Answer.Clarify clarify -> "clarify";
      case Answer.NotFound notFound -> "not_found";
      case Answer.OutOfScope none -> "out_of_scope";
      case Answer.Emergency emergency -> "out_of_scope";
      case Answer.Declined declined -> "declined";
    };
  }

  static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer is always writable", e);
    }
  }
}
