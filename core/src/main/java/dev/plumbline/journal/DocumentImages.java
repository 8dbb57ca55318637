package dev.plumbline.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.plumbline.database.Row;
import dev.plumbline.database.Session;
import dev.plumbline.dialect.Dialect;
import dev.plumbline.dialect.Sql;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The before- and after-images of documents: the texts of the properties that a run writes. Where
 * documents live outside of the journal's database, an image is entered as an intent before the
 * request goes out, and as written when its fate is known; in a column both are one transaction.
 */
public final class DocumentImages {
  /** Bound values of a statement stay far below what the databases allow. */
  private static final int AT_ONCE = 500;

  /**
   * What is no character, such as half a surrogate pair, is kept as an escape, and so is NUL, which
   * PostgreSQL's text cannot hold.
   */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private final Session session;
  private final Dialect dialect;
  private final long run;
  private final String table;

  public DocumentImages(Session session, long run) {
    this.session = session;
    this.dialect = session.dialect();
    this.run = run;
    this.table = dialect.journalTable("documents");
  }

  /** How far a document is. */
  public enum State {
    /** A request to write it may have gone out; its fate is not known. */
    INTENDED,
    /** It was written, and was seen to be. */
    WRITTEN,
    /** It was written, and its texts are kept no longer. */
    PURGED
  }

  /**
   * A document before and after.
   *
   * @param batch the number of the batch that writes it
   * @param before the text of each property that is written; empty where it has none
   * @param after the same properties
   */
  public record Image(
      String id,
      long batch,
      State state,
      SortedMap<String, Optional<String>> before,
      SortedMap<String, Optional<String>> after) {
    public Image {
      before = Collections.unmodifiableSortedMap(new TreeMap<>(before));
      after = Collections.unmodifiableSortedMap(new TreeMap<>(after));
    }
  }

  /** Enters images; one that is there already for a document is replaced. */
  public void enter(List<Image> images) {
    for (int from = 0; from < images.size(); from += AT_ONCE) {
      enterSome(images.subList(from, Math.min(from + AT_ONCE, images.size())));
    }
  }

  private void enterSome(List<Image> images) {
    List<Sql> rows = new ArrayList<>();
    for (Image image : images) {
      rows.add(
          Sql.of(
              "({}, {}, {}, {}, {}, {})",
              run,
              Sql.value(image.id()),
              image.batch(),
              Sql.value(word(image.state())),
              Sql.value(json(image.before())),
              Sql.value(json(image.after()))));
    }
    session.execute(
        Sql.of(
            """
            INSERT INTO {} (run, id, batch, state, before, after) VALUES {}
            ON CONFLICT (run, id) DO UPDATE SET batch = excluded.batch, state = excluded.state,
              before = excluded.before, after = excluded.after""",
            table,
            Sql.join(", ", rows)));
  }

  /** These documents were seen to be written. */
  public void written(Collection<String> ids) {
    inPortions(
        ids,
        some ->
            session.execute(
                Sql.of(
                    "UPDATE {} SET state = 'written' WHERE run = {} AND id IN ({})",
                    table,
                    run,
                    some)));
  }

  /** These documents were seen not to be written, and will not be. */
  public void withdraw(Collection<String> ids) {
    inPortions(
        ids,
        some ->
            session.execute(
                Sql.of("DELETE FROM {} WHERE run = {} AND id IN ({})", table, run, some)));
  }

  /**
   * Ends the keeping of some texts; the ids stay, so that a rollback can name what is missing.
   *
   * @return of how many documents
   */
  long purge(int most) {
    return session.execute(
        Sql.of(
            """
            UPDATE {} SET state = 'purged', before = '{}', after = '{}'
            WHERE run = {} AND id IN (
              SELECT id FROM {} WHERE run = {} AND state <> 'purged' ORDER BY id LIMIT {})""",
            table,
            "{}",
            "{}",
            run,
            table,
            run,
            most));
  }

  public Optional<Image> find(String id) {
    return session.first(Sql.of("{} AND id = {}", select(), Sql.value(id)), DocumentImages::image);
  }

  /** The images of those of these documents that have one, by id. */
  public List<Image> find(Collection<String> ids) {
    List<Image> found = new ArrayList<>();
    inPortions(
        ids,
        some ->
            found.addAll(
                session.query(
                    Sql.of("{} AND id IN ({}) ORDER BY id", select(), some),
                    DocumentImages::image)));
    return found;
  }

  /** Some images in the order of their ids, after one of them; empty when there are no more. */
  public List<Image> after(Optional<String> id, int most) {
    return session.query(
        Sql.of(
            "{} AND {} ORDER BY id LIMIT {}",
            select(),
            id.map(last -> Sql.of("id > {}", Sql.value(last))).orElse(Sql.of("TRUE")),
            most),
        DocumentImages::image);
  }

  /** The id of the last of so many images after one of them; empty where there are none left. */
  public Optional<String> endOf(Optional<String> after, int most) {
    Sql ahead =
        Sql.of(
            "run = {} AND {}",
            run,
            after.map(last -> Sql.of("id > {}", Sql.value(last))).orElse(Sql.of("TRUE")));
    return session
        .first(
            Sql.of(
                "SELECT id FROM {} WHERE {} ORDER BY id LIMIT 1 OFFSET {}", table, ahead, most - 1),
            row -> row.required(1))
        .or(
            () ->
                session.first(
                    Sql.of("SELECT id FROM {} WHERE {} ORDER BY id DESC LIMIT 1", table, ahead),
                    row -> row.required(1)));
  }

  /** The images after one of them up to another. */
  public List<Image> between(Optional<String> after, String upTo) {
    return session.query(
        Sql.of(
            "{} AND {} AND id <= {} ORDER BY id",
            select(),
            after.map(last -> Sql.of("id > {}", Sql.value(last))).orElse(Sql.of("TRUE")),
            Sql.value(upTo)),
        DocumentImages::image);
  }

  /** Hands out all images, in no order; inside a transaction memory stays flat. */
  public void each(Consumer<Image> consumer) {
    session.stream(select(), row -> consumer.accept(image(row)));
  }

  /** Those whose fate is not known. */
  public List<Image> intended() {
    return session.query(
        Sql.of("{} AND state = 'intended' ORDER BY id", select()), DocumentImages::image);
  }

  /** How many there are, whatever their state. */
  public long count() {
    return session.one(
        Sql.of("SELECT count(*) FROM {} WHERE run = {}", table, run), row -> row.number(1));
  }

  /** The first ids of images in a state. */
  public List<String> ids(State state, int most) {
    return session.query(
        Sql.of(
            "SELECT id FROM {} WHERE run = {} AND state = {} ORDER BY id LIMIT {}",
            table,
            run,
            Sql.value(word(state)),
            most),
        row -> row.required(1));
  }

  public long count(State state) {
    return session.one(
        Sql.of(
            "SELECT count(*) FROM {} WHERE run = {} AND state = {}",
            table,
            run,
            Sql.value(word(state))),
        row -> row.number(1));
  }

  private Sql select() {
    return Sql.of("SELECT id, batch, state, before, after FROM {} WHERE run = {}", table, run);
  }

  private static Image image(Row row) throws SQLException {
    return new Image(
        row.required(1),
        row.number(2),
        State.valueOf(row.required(3).toUpperCase(Locale.ROOT)),
        texts(row.required(4)),
        texts(row.required(5)));
  }

  private static void inPortions(Collection<String> ids, Consumer<Sql> statement) {
    List<String> all = List.copyOf(ids);
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      List<String> some = all.subList(from, Math.min(from + AT_ONCE, all.size()));
      statement.accept(Sql.join(", ", some.stream().map(Sql::value).toList()));
    }
  }

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** A JSON object of texts. */
  private static String json(SortedMap<String, Optional<String>> texts) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (var entry : texts.entrySet()) {
        json.writeFieldName(entry.getKey());
        if (entry.getValue().isPresent()) {
          json.writeString(entry.getValue().get());
        } else {
          json.writeNull();
        }
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text.toString();
  }

  private static SortedMap<String, Optional<String>> texts(String text) {
    SortedMap<String, Optional<String>> texts = new TreeMap<>();
    try (JsonParser json = JSON.createParser(text)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String property = json.currentName();
        texts.put(
            property,
            json.nextToken() == JsonToken.VALUE_NULL
                ? Optional.empty()
                : Optional.of(json.getText()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the journal's own JSON is broken: " + text, e);
    }
    return texts;
  }
}
