package dev.plumbline.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.crm.Crm;
import dev.plumbline.crm.CrmRecord;
import dev.plumbline.crm.CrmSettings;
import dev.plumbline.crm.CrmSettings.BatchErrors;
import dev.plumbline.crm.Faults;
import dev.plumbline.crm.RateLimits;
import dev.plumbline.crm.Traffic;
import dev.plumbline.document.Document;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.http.Credential;
import dev.plumbline.http.HttpLimits;
import dev.plumbline.source.DocumentSource.Fate;
import dev.plumbline.source.DocumentSource.Write;
import dev.plumbline.source.DocumentSource.Written;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubspotTest extends DocumentSourceContract {
  private static final HttpLimits FAST =
      new HttpLimits(1_000_000, 100_000, 1_000_000, 0.05, Duration.ofSeconds(20));

  @Override
  Place place() {
    return new CrmPlace(CrmSettings.standard().withLimits(RateLimits.generous()), Map.of());
  }

  /** Contacts in the stand-in. */
  private static final class CrmPlace implements Place {
    private final Crm crm;
    private final Map<String, Optional<String>> where;
    private HttpLimits limits = FAST;
    private Optional<Credential> credential = Optional.empty();

    CrmPlace(CrmSettings settings, Map<String, Optional<String>> where) {
      this.crm = Crm.start(settings);
      this.where = where;
      crm.define("contacts", List.of(DOCUMENT, "summary", "kind"));
    }

    @Override
    public DocumentSource open() {
      Credential token = credential.orElseGet(() -> new Credential.Token(crm.token()));
      return Sources.open(
          new SourceSetting.Hubspot(crm.uri(), "contacts", token, where, limits),
          new TreeSet<>(List.of(DOCUMENT, "summary")),
          DOCUMENT);
    }

    @Override
    public List<String> fill(int count) {
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long id = i < 10 ? 51 + i : 27_400_000_000L + 7L * i;
        put(id, Map.of(DOCUMENT, "{\"i\":" + i + "}", "kind", i % 2 == 0 ? "even" : "odd"));
        ids.add(String.valueOf(id));
      }
      return ids;
    }

    void put(long id, Map<String, String> properties) {
      crm.put("contacts", new CrmRecord(id, properties, 0, 0));
    }

    @Override
    public String text(String id) {
      return crm.find("contacts", Long.parseLong(id)).orElseThrow().text(DOCUMENT).orElseThrow();
    }

    @Override
    public void change(String id, String text) {
      crm.edit("contacts", Long.parseLong(id), Map.of(DOCUMENT, text));
    }

    @Override
    public void remove(String id) {
      crm.remove("contacts", Long.parseLong(id));
    }

    @Override
    public List<String> strangers() {
      return List.of("4", "999999999999", "", "../deals", "anna@example.org", "-1", "٣");
    }

    @Override
    public void close() {
      crm.close();
    }
  }

  private static CrmSettings generous() {
    return CrmSettings.standard().withLimits(RateLimits.generous());
  }

  @Test
  void searches_for_what_has_a_property_or_a_text() {
    Map<String, Optional<String>> odd =
        Map.of(DOCUMENT, Optional.empty(), "kind", Optional.of("odd"));
    try (CrmPlace place = new CrmPlace(generous(), odd);
        DocumentSource source = place.open()) {
      place.fill(1_000);
      place.put(5, Map.of("kind", "odd"));
      assertThat(source.count()).hasValue(500);
      assertThat(all(source, Optional.empty(), 200, page -> {})).hasSize(500);
      assertThat(place.crm.traffic().of(Traffic.Kind.LIST)).isZero();
    }
  }

  @Test
  void searches_through_more_than_one_query_may_return() {
    try (CrmPlace place = new CrmPlace(generous(), Map.of(DOCUMENT, Optional.empty()));
        DocumentSource source = place.open()) {
      place.fill(10_500);
      List<Document> found = all(source, Optional.empty(), 200, page -> {});
      assertThat(found).extracting(Document::id).doesNotHaveDuplicates().hasSize(10_500);
    }
  }

  @Test
  void what_is_no_place_is_the_fault_of_whoever_typed_it() {
    Map<String, Optional<String>> some = Map.of(DOCUMENT, Optional.empty());
    for (Map<String, Optional<String>> where : List.of(some, Map.<String, Optional<String>>of())) {
      try (CrmPlace place = new CrmPlace(generous(), where);
          DocumentSource source = place.open()) {
        place.fill(3);
        source.requirePlace("52");
        assertThatThrownBy(() -> source.requirePlace("x&y"))
            .isInstanceOfSatisfying(
                PlumblineException.class,
                e -> {
                  assertThat(e.code()).isEqualTo(ErrorCode.USAGE);
                  assertThat(e.what())
                      .startsWith("`x&y` is no place among the contacts of the CRM");
                });
      }
    }
  }

  @Test
  void finds_a_contact_by_its_email() {
    try (CrmPlace place = new CrmPlace(generous(), Map.of());
        DocumentSource source = place.open()) {
      place.put(77, Map.of("email", "o'neil+x@example.org", DOCUMENT, "{}", "summary", "s"));
      assertThat(source.find("email", "o'neil+x@example.org"))
          .contains(Document.of("77", Map.of(DOCUMENT, "{}", "summary", "s")));
      assertThat(source.find("email", "nobody/at@example.org")).isEmpty();
    }
  }

  @Test
  void gives_no_text_where_there_is_none_and_takes_one_away() {
    try (CrmPlace place = new CrmPlace(generous(), Map.of());
        DocumentSource source = place.open()) {
      place.put(77, Map.of("summary", "s", DOCUMENT, "{}"));
      source.write(
          List.of(
              new Write(
                  "77",
                  Map.of("summary", Optional.empty(), DOCUMENT, Optional.of("{\"a\":1}")),
                  Optional.empty())));
      assertThat(source.read(List.of("77")))
          .containsExactly(Document.of("77", Map.of(DOCUMENT, "{\"a\":1}")));
    }
  }

  @Test
  void tells_the_bad_records_of_a_batch_from_the_good() {
    tells_bad_from_good(BatchErrors.PER_RECORD);
  }

  @Test
  void halves_a_batch_that_is_refused_as_a_whole() {
    tells_bad_from_good(BatchErrors.WHOLE_BATCH);
  }

  private static void tells_bad_from_good(BatchErrors errors) {
    Faults some = Faults.none().withRefusedRecords(0.05);
    try (CrmPlace place = new CrmPlace(generous().withBatchErrors(errors), Map.of());
        DocumentSource source = place.open()) {
      List<String> ids = place.fill(100);
      place.crm.faults(some);
      List<String> bad = ids.stream().filter(id -> some.refuses(Long.parseLong(id))).toList();
      assertThat(bad).isNotEmpty();
      List<Written> written =
          source.write(ids.stream().map(id -> write(id, "{\"n\":2}", Optional.empty())).toList());
      assertThat(written).extracting(Written::id).containsExactlyElementsOf(ids);
      for (Written each : written) {
        boolean refused = bad.contains(each.id());
        assertThat(each.fate()).isEqualTo(refused ? Fate.REFUSED : Fate.DONE);
        assertThat(each.what().isEmpty()).isEqualTo(!refused);
        assertThat(place.text(each.id()).equals("{\"n\":2}")).isEqualTo(!refused);
      }
    }
  }

  @Test
  void never_repeats_a_write_whose_fate_it_does_not_know() {
    try (CrmPlace place = new CrmPlace(generous(), Map.of())) {
      List<String> ids = place.fill(40);
      place.limits = new HttpLimits(1_000_000, 100_000, 1_000_000, 0, Duration.ofMillis(300));
      place.crm.faults(
          Faults.none().withErrors(0.3).withTimeouts(0.1, Duration.ofSeconds(30)).withCuts(0.2));
      List<Written> written = new ArrayList<>();
      try (DocumentSource source = place.open()) {
        ids.forEach(
            id -> written.addAll(source.write(List.of(write(id, "{\"n\":3}", Optional.empty())))));
      }
      assertThat(place.crm.traffic().requests()).isEqualTo(40);
      assertThat(written).extracting(Written::fate).contains(Fate.DONE, Fate.UNKNOWN);
      List<Written> unknown = written.stream().filter(each -> each.fate() == Fate.UNKNOWN).toList();
      assertThat(unknown.stream().map(each -> place.text(each.id()).equals("{\"n\":3}")))
          .contains(true, false);
      assertThat(written)
          .filteredOn(each -> each.fate() == Fate.DONE)
          .allSatisfy(each -> assertThat(place.text(each.id())).isEqualTo("{\"n\":3}"));
    }
  }

  @Test
  void takes_the_token_anew_from_its_file(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("token");
    Files.writeString(file, "pat-first\n");
    try (CrmPlace place = new CrmPlace(generous().withToken("pat-first"), Map.of())) {
      place.fill(3);
      place.credential = Optional.of(new Credential.TokenFile(file));
      try (DocumentSource source = place.open()) {
        source.page(Optional.empty(), 2);
        place.crm.renewToken("pat-second");
        Files.writeString(file, "pat-second\n");
        assertThat(source.page(Optional.empty(), 3).documents()).hasSize(3);
        place.crm.expireToken();
        assertDenied(source, "pat-second");
      }
    }
  }

  @Test
  void stops_where_the_token_is_no_longer_taken() {
    try (CrmPlace place = new CrmPlace(generous().withTokenLasting(1), Map.of());
        DocumentSource source = place.open()) {
      source.page(Optional.empty(), 2);
      assertDenied(source, place.crm.token());
    }
  }

  private static void assertDenied(DocumentSource source, String token) {
    assertThatThrownBy(() -> source.page(Optional.empty(), 2))
        .isInstanceOfSatisfying(
            PlumblineException.class,
            error -> {
              assertThat(error.code()).isEqualTo(ErrorCode.DENIED);
              assertThat(error.what() + error.safe() + error.next()).doesNotContain(token);
              assertThat(error.what()).contains("401").contains("expired");
            });
  }

  @Test
  void stops_where_the_token_may_not_write() {
    try (CrmPlace place = new CrmPlace(generous().readOnly(), Map.of());
        DocumentSource source = place.open()) {
      String id = place.fill(1).getFirst();
      assertThatThrownBy(() -> source.write(List.of(write(id, "{}", Optional.empty()))))
          .isInstanceOfSatisfying(
              PlumblineException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.DENIED));
    }
  }

  @Test
  void says_at_once_that_a_property_does_not_exist() {
    try (CrmPlace place =
            new CrmPlace(generous().withBatchErrors(BatchErrors.WHOLE_BATCH), Map.of());
        DocumentSource source = place.open()) {
      List<Write> writes =
          place.fill(100).stream()
              .map(id -> new Write(id, Map.of("sumary", Optional.of("x")), Optional.empty()))
              .toList();
      assertThatThrownBy(() -> source.write(writes))
          .isInstanceOfSatisfying(
              PlumblineException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.PROJECT));
      assertThat(place.crm.traffic().requests()).isEqualTo(1);
    }
  }

  @Test
  void stops_when_the_day_is_used_up() {
    RateLimits few = RateLimits.generous().withPerDay(20);
    try (CrmPlace place = new CrmPlace(CrmSettings.standard().withLimits(few), Map.of());
        DocumentSource source = place.open()) {
      place.fill(1);
      assertThatThrownBy(
              () -> {
                while (true) {
                  source.page(Optional.empty(), 1);
                }
              })
          .isInstanceOfSatisfying(
              PlumblineException.class,
              error -> {
                assertThat(error.code()).isEqualTo(ErrorCode.BUSY);
                assertThat(error.next()).contains("when its own day begins");
              });
      assertThat(place.crm.traffic().requests()).isEqualTo(19);
      assertThat(source.allowance().orElseThrow().today()).hasValue(1);
    }
  }
}
