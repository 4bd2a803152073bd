package fr.jalon.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;

/** The documents of an index that have a term. */
final class Postings {
  private Postings() {}

  /** Told of one document. */
  interface Visitor {
    /**
     * Takes a document.
     *
     * @param document its number in the index
     * @param times how often it has the term; 1 where an index does not count
     */
    void take(int document, int times) throws IOException;
  }

  /** Tells of each document that has a term, in the order they were written. */
  static void forEach(DirectoryReader reader, Term term, Visitor visitor) {
    try {
      for (LeafReaderContext leaf : reader.leaves()) {
        PostingsEnum found = leaf.reader().postings(term, PostingsEnum.FREQS);
        while (found != null && found.nextDoc() != DocIdSetIterator.NO_MORE_DOCS) {
          visitor.take(leaf.docBase + found.docID(), found.freq());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
