package dev.plumbline.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.document.Document;
import dev.plumbline.document.Examiner;
import dev.plumbline.document.Transform;
import dev.plumbline.journal.DocumentImages.Image;
import dev.plumbline.journal.DocumentImages.State;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What taking a run back means for one document. */
class RestorationTest {
  private static final Transform WRAP = ColumnRuns.transform("doc", ColumnRuns.WRAP);

  /** The run gave it its new shape and its first note. */
  private static final Image IMAGE =
      new Image("1", 3, State.WRITTEN, texts("{ \"n\": 1 }", null), texts(wrapped("1"), "n is 1"));

  private static String wrapped(String n) {
    return "{\"v\":2,\"was\":{\"n\":" + n + "}}";
  }

  private static TreeMap<String, Optional<String>> texts(String doc, @Nullable String note) {
    return new TreeMap<>(Map.of("doc", Optional.of(doc), "note", Optional.ofNullable(note)));
  }

  private static Restoration of(@Nullable String doc, @Nullable String note) {
    return of(doc, note, Optional.empty());
  }

  private static Restoration of(
      @Nullable String doc, @Nullable String note, Optional<Examiner> merging) {
    Map<String, String> now = new HashMap<>();
    if (doc != null) {
      now.put("doc", doc);
    }
    if (note != null) {
      now.put("note", note);
    }
    return Restoration.of(IMAGE, Optional.of(Document.of("1", now)), "doc", merging);
  }

  @Test
  void what_the_run_wrote_goes_back_however_it_is_spelt() {
    Restoration back =
        new Restoration.Restore(
            Map.of("doc", Optional.of("{ \"n\": 1 }"), "note", Optional.empty()), List.of());
    assertThat(of(wrapped("1"), "n is 1")).isEqualTo(back);
    assertThat(of("{\"was\": {\"n\": 1.0}, \"v\": 2}", "n is 1")).isEqualTo(back);
  }

  @Test
  void what_is_as_before_is_left_and_the_rest_goes_back() {
    assertThat(of("{\"n\":1}", null)).isEqualTo(new Restoration.AlreadyBack());
    assertThat(of("{\"n\":1}", "n is 1"))
        .isEqualTo(new Restoration.Restore(Map.of("note", Optional.empty()), List.of()));
  }

  @Test
  void a_document_that_was_changed_is_kept_with_all_that_was_written_along() {
    assertThat(of(wrapped("5"), "n is 1"))
        .isEqualTo(new Restoration.Conflict(List.of("was.n"), "changed since"));
    assertThat(of("no JSON", "n is 1"))
        .isEqualTo(new Restoration.Conflict(List.of(""), "changed since"));
    assertThat(of(null, "n is 1"))
        .isEqualTo(new Restoration.Conflict(List.of(""), "taken away since"));
    assertThat(Restoration.of(IMAGE, Optional.empty(), "doc", Optional.empty()))
        .isEqualTo(new Restoration.Conflict(List.of(""), "deleted since"));
  }

  @Test
  void what_was_written_along_and_changed_is_kept_by_itself() {
    assertThat(of(wrapped("1"), "by hand"))
        .isEqualTo(
            new Restoration.Restore(Map.of("doc", Optional.of("{ \"n\": 1 }")), List.of("note")));
    assertThat(of("{\"n\":1}", "by hand"))
        .isEqualTo(new Restoration.Conflict(List.of("note"), "changed since"));
  }

  @Test
  void what_is_kept_is_known_again_after_the_rest_was_restored() {
    Image whole = new Image("1", 1, State.INTENDED, IMAGE.after(), IMAGE.before());
    Image inPart =
        new Image(
            "1",
            1,
            State.INTENDED,
            IMAGE.after(),
            new TreeMap<>(Map.of("doc", Optional.of("{ \"n\": 1 }"))));
    Document byHand = Document.of("1", Map.of("doc", "{ \"n\": 1 }", "note", "by hand"));
    Document back = Document.of("1", Map.of("doc", "{ \"n\": 1 }"));
    assertThat(Restoration.done(IMAGE, inPart, byHand, "doc"))
        .isEqualTo(new Restoration.Restore(inPart.after(), List.of("note")));
    assertThat(Restoration.done(IMAGE, inPart, back, "doc"))
        .isEqualTo(new Restoration.Restore(inPart.after(), List.of()));
    assertThat(Restoration.done(IMAGE, whole, back, "doc"))
        .isEqualTo(new Restoration.Restore(whole.after(), List.of()));
    Image merging =
        new Image(
            "1",
            1,
            State.INTENDED,
            texts(wrapped("5"), "by hand"),
            new TreeMap<>(Map.of("doc", Optional.of("{\"n\":5}"))));
    Document merged = Document.of("1", Map.of("doc", "{\"n\":5}", "note", "by hand"));
    assertThat(Restoration.done(IMAGE, merging, merged, "doc"))
        .isEqualTo(new Restoration.Merge(merging.after(), List.of(), List.of("note")));
  }

  @Test
  void a_change_is_carried_into_the_old_shape_where_that_is_wanted_and_proven() {
    Optional<Examiner> merging = Optional.of(new Examiner(WRAP, Clock.systemUTC()));
    assertThat(of(wrapped("5"), "n is 1", merging))
        .isEqualTo(
            new Restoration.Merge(
                Map.of("doc", Optional.of("{\"n\":5}"), "note", Optional.empty()),
                List.of("was.n"),
                List.of()));
    assertThat(of(wrapped("5"), "n is 5", merging))
        .isEqualTo(
            new Restoration.Merge(
                Map.of("doc", Optional.of("{\"n\":5}")), List.of("was.n"), List.of("note")));
    assertThat(of("{\"v\":2,\"was\":{\"n\":1},\"more\":1}", "n is 1", merging))
        .isInstanceOfSatisfying(
            Restoration.Conflict.class,
            kept -> {
              assertThat(kept.paths()).containsExactly("more");
              assertThat(kept.why()).startsWith("changed since, and not merged: ");
            });
  }
}
