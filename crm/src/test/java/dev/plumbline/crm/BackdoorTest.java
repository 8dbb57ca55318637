package dev.plumbline.crm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BackdoorTest {
  private static final String ONE = "/crm/v3/objects/contacts/51";

  @Test
  void tells_and_directs_from_another_process() throws Exception {
    try (Crm crm = Crm.start(CrmSettings.standard());
        Client client = new Client(crm)) {
      String progress = "{\"a\":{\"modules\":{\"m\":{\"started\":true}}}}";
      crm.put("contacts", new CrmRecord(51, Map.of(Contacts.PROGRESS, progress), 0, 0));
      assertThat(client.post("/stand-in/learn/contacts/51", "").json().path("mark").asText())
          .isEqualTo("learned-000001");
      assertThat(client.get("/stand-in/records/contacts/51").json().at("/properties").toString())
          .contains("learned-000001");
      assertThat(client.get("/stand-in/changes").json().at("/changes/0/by").asText())
          .isEqualTo("LEARNER");
      client.post("/stand-in/faults", "{\"errors\": 1}");
      assertThat(client.get(ONE).status()).isGreaterThanOrEqualTo(500);
      client.post("/stand-in/faults", "{}");
      client.post("/stand-in/token", "{}");
      assertThat(client.get(ONE).status()).isEqualTo(401);
      client.post("/stand-in/token", "{\"token\": \"fresh\"}");
      client.token("fresh");
      client.post("/stand-in/learning", "{\"share\": 1, \"moment\": \"AFTER_READ\"}");
      assertThat(client.get(ONE).status()).isEqualTo(200);
      assertThat(crm.changes()).hasSize(2);
      assertThat(client.get("/stand-in/traffic").json().path("requests").asInt()).isEqualTo(3);
      assertThat(client.get("/stand-in/nowhere").status()).isEqualTo(404);
    }
  }
}
