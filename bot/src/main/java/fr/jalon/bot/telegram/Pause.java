package fr.jalon.bot.telegram;

import java.time.Duration;

/** Waits. Tests give one that does not. */
interface Pause {
  /** Waits, or less when interrupted. */
  void take(Duration duration) throws InterruptedException;
}
