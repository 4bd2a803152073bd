package fr.jalon.knowledge;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What a snapshot holds.
 *
 * @param id hash of the content; see {@link SnapshotWriter}
 * @param schema version of the files and of the Lucene schema
 * @param createdAt when it was written
 * @param asOf the day whose figures are in force in it
 * @param guides number of guides
 * @param passages number of passages
 */
public record Manifest(
    String id, int schema, Instant createdAt, LocalDate asOf, int guides, int passages) {}
