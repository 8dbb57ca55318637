package dev.plumbline.crm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnerTest {
  private static final Contacts CONTACTS =
      Contacts.of(Content.read(Path.of("../examples/hierarchical-progress/content")), 500, 4);

  private static Crm crm(double share, Learning.Moment moment) {
    Crm crm =
        Crm.start(
            CrmSettings.standard()
                .withLimits(RateLimits.generous())
                .withLearning(new Learning(share, 3, moment, new ProgressLearner())));
    CONTACTS.fill(crm);
    return crm;
  }

  private static List<Change> read(Crm crm, String path) throws Exception {
    try (Client client = new Client(crm)) {
      for (int i = 0; i < 2; i++) {
        assertThat(client.get(path).status()).isEqualTo(200);
      }
    }
    return crm.changes();
  }

  @Test
  void changes_the_picked_contacts_once_after_they_were_listed() throws Exception {
    try (Crm crm = crm(0.2, Learning.Moment.AFTER_LIST)) {
      List<Change> changes =
          read(crm, "/crm/v3/objects/contacts?limit=100&properties=hhl_progress_state");
      assertThat(changes).hasSizeBetween(8, 30);
      assertThat(changes).extracting(Change::id).doesNotHaveDuplicates();
      for (Change change : changes) {
        assertThat(crm.find("contacts", change.id()).orElseThrow().text(Contacts.PROGRESS))
            .hasValueSatisfying(text -> assertThat(text).contains(change.mark()));
        assertThat(crm.clientWrites("contacts", change.id())).isZero();
      }
    }
  }

  @Test
  void shows_the_reader_what_was_there_before() throws Exception {
    long id = CONTACTS.ids(Contacts.Kind.HIERARCHICAL).getFirst();
    try (Crm crm = crm(1, Learning.Moment.AFTER_READ);
        Client client = new Client(crm)) {
      String path = "/crm/v3/objects/contacts/" + id + "?properties=hhl_progress_state";
      String before = crm.find("contacts", id).orElseThrow().text(Contacts.PROGRESS).orElseThrow();
      assertThat(client.get(path).json().at("/properties/hhl_progress_state").asText())
          .isEqualTo(before);
      assertThat(client.get(path).json().at("/properties/hhl_progress_state").asText())
          .isNotEqualTo(before)
          .contains("learned-000001");
    }
  }

  @Test
  void goes_on_in_both_shapes() {
    try (Crm crm = crm(0, Learning.Moment.AFTER_LIST)) {
      for (Contacts.Kind kind : List.of(Contacts.Kind.HIERARCHICAL, Contacts.Kind.DONE)) {
        for (long id : CONTACTS.ids(kind)) {
          Change change = crm.learn("contacts", id, new ProgressLearner()).orElseThrow();
          assertThat(crm.find("contacts", id).orElseThrow().text(Contacts.PROGRESS).orElseThrow())
              .contains(change.mark());
        }
      }
      long none = CONTACTS.ids(Contacts.Kind.WITHOUT_PROGRESS).getFirst();
      assertThat(crm.learn("contacts", none, new ProgressLearner())).isEmpty();
    }
  }
}
