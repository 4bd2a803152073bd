/**
 * The French guidance itself, and how it is searched.
 *
 * <p>A {@link fr.jalon.knowledge.SnapshotDirectory} holds published snapshots; {@link
 * fr.jalon.knowledge.SnapshotDirectory#open} gives the {@link fr.jalon.knowledge.Snapshot} in
 * service, whose {@code search} returns {@link fr.jalon.knowledge.Hit}s, best first, each around
 * one quotable {@link fr.jalon.knowledge.Passage}. {@link fr.jalon.knowledge.SnapshotWriter} writes
 * a snapshot whole. {@link fr.jalon.knowledge.Lexicon} knows how citizens name routes and bodies,
 * {@link fr.jalon.knowledge.French} how their words are compared. Only this package knows the
 * Lucene schema.
 */
@NullMarked
package fr.jalon.knowledge;

import org.jspecify.annotations.NullMarked;
