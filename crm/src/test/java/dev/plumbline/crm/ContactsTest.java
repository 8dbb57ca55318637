package dev.plumbline.crm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.plumbline.crm.Contacts.Kind;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ContactsTest {
  private static final Content CONTENT =
      Content.read(Path.of("../examples/hierarchical-progress/content"));
  private static final JsonMapper JSON = new JsonMapper();

  private final Contacts contacts = Contacts.of(CONTENT, 5_000, 4);
  private final Map<Long, CrmRecord> records =
      contacts.records().collect(Collectors.toMap(CrmRecord::id, record -> record));

  private JsonNode progress(long id) throws Exception {
    return JSON.readTree(
        java.util.Objects.requireNonNull(records.get(id)).text(Contacts.PROGRESS).orElseThrow());
  }

  @Test
  void are_as_many_of_each_kind_as_the_case_says() {
    assertThat(contacts.ids(Kind.WITHOUT_PROGRESS)).hasSize(600);
    assertThat(contacts.ids(Kind.FLAT)).hasSize(1_900);
    assertThat(contacts.ids(Kind.HIERARCHICAL)).hasSize(2_300);
    assertThat(contacts.ids(Kind.DONE)).hasSize(150);
    assertThat(contacts.ids(Kind.ASTRAY)).hasSize(50);
    assertThat(contacts.counts()).containsEntry(Kind.HIERARCHICAL, 2_300);
    assertThat(records).hasSize(5_000);
  }

  @Test
  void are_what_their_kind_says() throws Exception {
    for (Kind kind : Kind.values()) {
      for (long id : contacts.ids(kind)) {
        assertThat(found(id)).as("contact %d", id).isEqualTo(kind);
      }
    }
  }

  /** The kind that a contact is of by its document alone. */
  private Kind found(long id) throws Exception {
    if (java.util.Objects.requireNonNull(records.get(id)).text(Contacts.PROGRESS).isEmpty()) {
      return Kind.WITHOUT_PROGRESS;
    }
    Set<Kind> kinds = new HashSet<>();
    for (Map.Entry<String, JsonNode> pathway : progress(id).properties()) {
      if (CONTENT.hierarchical().containsKey(pathway.getKey())) {
        kinds.add(found(pathway.getKey(), pathway.getValue()));
      }
    }
    return List.of(Kind.ASTRAY, Kind.HIERARCHICAL, Kind.DONE).stream()
        .filter(kinds::contains)
        .findFirst()
        .orElse(Kind.FLAT);
  }

  private static Kind found(String name, JsonNode pathway) {
    if (pathway.has("courses")) {
      return Kind.DONE;
    }
    Set<String> modules = new HashSet<>();
    pathway.path("modules").fieldNames().forEachRemaining(modules::add);
    assertThat(modules).isNotEmpty();
    modules.removeAll(CONTENT.modulesOfPathway(name));
    return modules.isEmpty() ? Kind.HIERARCHICAL : Kind.ASTRAY;
  }

  @Test
  void are_the_same_for_the_same_seed_however_many_there_are() {
    List<CrmRecord> few = Contacts.of(CONTENT, 200, 4).records().toList();
    assertThat(few).isEqualTo(contacts.records().limit(200).toList());
    assertThat(Contacts.of(CONTENT, 200, 5).records().toList()).isNotEqualTo(few);
  }

  @Test
  void have_ids_and_emails_of_their_own_in_the_order_of_numbers() {
    List<CrmRecord> all = contacts.records().toList();
    assertThat(all).extracting(CrmRecord::id).isSorted().doesNotHaveDuplicates();
    assertThat(all)
        .extracting(record -> record.text("email").orElseThrow())
        .doesNotHaveDuplicates()
        .allMatch(email -> email.matches("[a-z.]+\\+[0-9]+@example\\.org"));
  }

  @Test
  void have_what_real_documents_have_unknown_keys_odd_spacing_and_other_scripts() {
    Map<String, Integer> found = new HashMap<>();
    for (CrmRecord record : records.values()) {
      String text = record.text(Contacts.PROGRESS).orElse("");
      for (String part :
          List.of("\"courses\"", "pilot-2019", "\"streak\"", "👍", "\\u", "\n", "\"score\"")) {
        found.merge(part, text.contains(part) ? 1 : 0, Integer::sum);
      }
      assertThat(text.length()).isLessThan(65_536);
    }
    assertThat(found.values()).allMatch(count -> count > 5);
  }

  @Test
  void in_the_new_shape_have_every_module_in_each_course_that_lists_it() throws Exception {
    for (long id : contacts.ids(Kind.DONE)) {
      JsonNode progress = progress(id);
      for (String name : CONTENT.hierarchical().keySet()) {
        Map<String, JsonNode> seen = new HashMap<>();
        for (JsonNode course : progress.path(name).path("courses")) {
          course
              .path("modules")
              .properties()
              .forEach(
                  module ->
                      assertThat(seen.merge(module.getKey(), module.getValue(), (a, b) -> b))
                          .isEqualTo(module.getValue()));
        }
        assertThat(seen.isEmpty()).isEqualTo(!progress.has(name));
      }
    }
  }
}
