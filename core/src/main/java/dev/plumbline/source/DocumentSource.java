package dev.plumbline.source;

import dev.plumbline.document.Document;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A place outside of a database where documents live: they are listed, read by id and written by
 * id. A source waits for its turn, repeats what may be repeated, and tells outages as errors; but
 * it never repeats a write whose fate it does not know. Safe for several threads.
 *
 * <p>Its errors: 69 unreachable after all attempts, 77 not permitted, 75 the quota is used up, 78
 * where the place itself is not as the file says.
 */
public interface DocumentSource extends AutoCloseable {

  /** What it is, for people: "contacts of the CRM at 127.0.0.1:8080". Holds no secret. */
  String label();

  /**
   * Which place it is, for people and for comparing: the same text for as long as it is the same
   * place. "contacts at https://api.example.com". Holds no secret.
   */
  String place();

  /**
   * The documents after a place in the source's own order, which keeps its order while documents
   * are changed. One that is there all along is never left out between two pages.
   *
   * @param after what an earlier page named as its end; empty: from the beginning
   * @param most at most so many documents; a source may give fewer
   */
  Page page(Optional<String> after, int most);

  /**
   * Makes sure that what somebody typed can be a place in the order of {@link #page}, before
   * anything is listed from there.
   *
   * @throws dev.plumbline.error.PlumblineException 64 if it can be none
   */
  void requirePlace(String place);

  /** The documents with these ids, freshly read; those that are not there are left out. */
  List<Document> read(Collection<String> ids);

  /**
   * The same, with those that are there and cannot be told as texts.
   *
   * @return a page without an end
   */
  Page named(Collection<String> ids);

  /**
   * The document that another property names, where the source can look it up by that.
   *
   * @param by the property, such as {@code email}
   * @throws dev.plumbline.error.PlumblineException 64 if this source cannot
   */
  Optional<Document> find(String by, String value);

  /**
   * Writes, and tells of each what became of it, in the order given. It does not throw for what
   * concerns single documents.
   */
  List<Written> write(List<Write> writes);

  /** How many documents there are, where that is cheap to know. */
  OptionalLong count();

  /** How many documents are best read or written at once. */
  int batch();

  /** What the source has left to give, for the progress; empty where it has no limits. */
  Optional<Allowance> allowance();

  /** Whether it keeps values rather than texts, so that a text may come back written otherwise. */
  boolean keepsValues();

  /**
   * What is read of a property once a text was written there; empty: it has none then, as where an
   * empty text takes the value away.
   */
  Optional<String> kept(String text);

  @Override
  void close();

  /**
   * Some documents in a row.
   *
   * @param unreadable records that cannot be told as texts
   * @param end the place behind its last document; empty: there are no more
   */
  record Page(List<Document> documents, List<Unreadable> unreadable, Optional<String> end) {
    public Page {
      documents = List.copyOf(documents);
      unreadable = List.copyOf(unreadable);
    }
  }

  /** A record that is there and cannot be read, such as a file that is not in UTF-8. */
  record Unreadable(String id, String what) {}

  /**
   * What to write.
   *
   * @param properties the new texts; what is not named stays; an empty optional takes a value away
   * @param version the state it was computed from, for sources that check it
   */
  record Write(String id, Map<String, Optional<String>> properties, Optional<String> version) {
    public Write {
      properties = Map.copyOf(properties);
    }
  }

  /** What became of a write. */
  record Written(String id, Fate fate, String what) {
    public static Written done(String id) {
      return new Written(id, Fate.DONE, "");
    }
  }

  /** What is known of a write. */
  enum Fate {
    /** The source has said that it is done. */
    DONE,
    /** The source refuses this document for good, and says why; nothing is written. */
    REFUSED,
    /** There is no such document any more; nothing is written. */
    GONE,
    /** It was changed since that version; nothing is written. */
    CHANGED,
    /** The answer is lost, or an error came that tells nothing: to be read back. */
    UNKNOWN
  }

  /**
   * What may still be asked of the source.
   *
   * @param permitted requests in a second that may be made in the long run
   * @param made requests made so far
   * @param refused answers 429 among them
   * @param today requests left today, where there is a daily quota
   */
  record Allowance(double permitted, long made, long refused, OptionalLong today) {}
}
