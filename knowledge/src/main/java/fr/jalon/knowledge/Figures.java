package fr.jalon.knowledge;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Dated values that guides name instead of writing them.
 *
 * @param byName each figure under its name, such as {@code cpf.participation}
 */
public record Figures(Map<String, Figure> byName) {

  /**
   * One figure and its history.
   *
   * @param label what it is, in French
   * @param reviewBy day by which it must be read again
   * @param values its values, oldest first, their periods never overlapping
   */
  public record Figure(String label, LocalDate reviewBy, List<Value> values) {
    /** Refuses overlapping periods. */
    public Figure {
      values = List.copyOf(values);
      for (int i = 1; i < values.size(); i++) {
        LocalDate until = values.get(i - 1).until();
        if (until == null || !until.isBefore(values.get(i).from())) {
          throw new IllegalArgumentException(
              "« %s » commence avant la fin de « %s »"
                  .formatted(values.get(i).value(), values.get(i - 1).value()));
        }
      }
    }

    /** The value in force on a day. */
    public Optional<Value> on(LocalDate day) {
      return values.stream().filter(value -> value.inForce(day)).findFirst();
    }
  }

  /**
   * One value over one period.
   *
   * @param value as it is written in a sentence, such as {@code 150 €}
   * @param from first day in force
   * @param until last day in force; null while none is known
   * @param source what sets it
   */
  public record Value(String value, LocalDate from, @Nullable LocalDate until, String source) {
    boolean inForce(LocalDate day) {
      return !day.isBefore(from) && (until == null || !day.isAfter(until));
    }
  }

  /** Copies the map. */
  public Figures {
    byName = Map.copyOf(byName);
  }
}
