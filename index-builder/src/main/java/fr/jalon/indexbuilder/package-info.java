/**
 * Files to guides, guides to passages, passages to a published snapshot.
 *
 * <p>{@link fr.jalon.indexbuilder.IndexBuilder} is the only entry: it reads every source, collects
 * every {@link fr.jalon.indexbuilder.Problem}, and publishes when there is none.
 */
@NullMarked
package fr.jalon.indexbuilder;

import org.jspecify.annotations.NullMarked;
