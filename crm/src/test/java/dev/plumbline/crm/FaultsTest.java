package dev.plumbline.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FaultsTest {
  private static final String ONE = "/crm/v3/objects/contacts/51";

  private static Crm crm(Faults faults) {
    Crm crm = Crm.start(CrmSettings.standard().withFaults(faults));
    crm.put("contacts", new CrmRecord(51, Map.of("progress", "old"), 0, 0));
    return crm;
  }

  private static String value(int number) {
    return "{\"properties\": {\"progress\": \"new " + number + "\"}}";
  }

  private static boolean isWritten(Crm crm, int number) {
    return crm.find("contacts", 51)
        .orElseThrow()
        .text("progress")
        .orElseThrow()
        .equals("new " + number);
  }

  @Test
  void half_of_the_writes_that_end_in_an_error_have_happened() throws Exception {
    int written = 0;
    try (Crm crm = crm(Faults.none().withErrors(1));
        Client client = new Client(crm)) {
      for (int i = 0; i < 40; i++) {
        assertThat(client.patch(ONE, value(i)).status()).isBetween(500, 504);
        written += isWritten(crm, i) ? 1 : 0;
      }
    }
    assertThat(written).isBetween(10, 30);
  }

  @Test
  void an_answer_that_is_too_late_may_belong_to_a_write_that_happened() throws Exception {
    int written = 0;
    try (Crm crm = crm(Faults.none().withTimeouts(1, Duration.ofMinutes(10)));
        Client client = new Client(crm)) {
      for (int i = 0; i < 12; i++) {
        String body = value(i);
        assertThatThrownBy(() -> client.send("PATCH", ONE, body, Duration.ofMillis(100)))
            .isInstanceOf(HttpTimeoutException.class);
        written += isWritten(crm, i) ? 1 : 0;
      }
    }
    assertThat(written).isBetween(1, 11);
  }

  @Test
  void a_cut_connection_gives_no_answer() {
    try (Crm crm = crm(Faults.none().withCuts(1));
        Client client = new Client(crm)) {
      assertThatThrownBy(() -> client.patch(ONE, value(1)))
          .isInstanceOf(IOException.class)
          .isNotInstanceOf(HttpTimeoutException.class);
    }
  }

  @Test
  void the_seed_decides_which_requests_and_records_are_met() {
    Faults faults =
        Faults.none()
            .withSeed(7)
            .withErrors(0.05)
            .withTimeouts(0.02, Duration.ofSeconds(1))
            .withRefusedRecords(0.01);
    assertThat(share(request -> faults.of(request) == Faults.Fault.ERROR)).isBetween(0.045, 0.055);
    assertThat(share(request -> faults.of(request) == Faults.Fault.TIMEOUT))
        .isBetween(0.016, 0.024);
    assertThat(share(faults::refuses)).isBetween(0.007, 0.013);
    assertThat(share(request -> faults.of(request) != faults.withSeed(8).of(request)))
        .isBetween(0.1, 0.16);
  }

  private static double share(java.util.function.LongPredicate what) {
    return LongStream.range(0, 10_000).filter(what).count() / 10_000.0;
  }

  @Test
  void records_that_are_refused_are_refused_each_time() throws Exception {
    try (Crm crm = crm(Faults.none().withRefusedRecords(1));
        Client client = new Client(crm)) {
      assertThat(client.patch(ONE, value(1)).status()).isEqualTo(400);
      assertThat(client.patch(ONE, value(1)).status()).isEqualTo(400);
      assertThat(
              client
                  .post(
                      "/crm/v3/objects/contacts/batch/update",
                      "{\"inputs\": [{\"id\": \"51\", \"properties\": {\"progress\": \"x\"}}]}")
                  .json()
                  .at("/errors/0/context/ids/0")
                  .asText())
          .isEqualTo("51");
      assertThat(crm.changes()).isEmpty();
    }
  }
}
