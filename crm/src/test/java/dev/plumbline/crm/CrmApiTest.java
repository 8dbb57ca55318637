package dev.plumbline.crm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CrmApiTest {
  private static final String CONTACTS = "/crm/v3/objects/contacts";

  private Crm crm = Crm.start(CrmSettings.standard().withLimits(RateLimits.generous()));
  private Client client = new Client(crm);

  @AfterEach
  void stop() {
    client.close();
    crm.close();
  }

  private void restart(CrmSettings settings) {
    stop();
    crm = Crm.start(settings.withLimits(RateLimits.generous()));
    client = new Client(crm);
  }

  private void contacts(int count) {
    crm.define("contacts", List.of("progress"));
    for (long i = 1; i <= count; i++) {
      Map<String, String> properties =
          i % 2 == 0
              ? Map.of("email", "ada+" + i + "@example.org", "progress", "{\"a\":" + i + "}")
              : Map.of("email", "ada+" + i + "@example.org");
      crm.put("contacts", new CrmRecord(i * 9, properties, 1_000 * i, 1_000 * i));
    }
  }

  private static List<Long> ids(JsonNode results) {
    return StreamSupport.stream(results.spliterator(), false)
        .map(node -> node.path("id").asLong())
        .toList();
  }

  @Test
  void lists_contacts_page_by_page_in_the_order_of_numbers() throws Exception {
    contacts(250);
    List<Long> seen = new ArrayList<>();
    JsonNode page = client.get(CONTACTS + "?limit=100&properties=progress").json();
    seen.addAll(ids(page.path("results")));
    while (page.has("paging")) {
      String after = page.at("/paging/next/after").asText();
      page = client.get(CONTACTS + "?limit=100&properties=progress&after=" + after).json();
      seen.addAll(ids(page.path("results")));
    }
    assertThat(seen).isEqualTo(IntStream.rangeClosed(1, 250).mapToObj(i -> i * 9L).toList());
  }

  @Test
  void shows_the_wanted_properties_and_those_that_the_crm_keeps() throws Exception {
    contacts(2);
    JsonNode shown = client.get(CONTACTS + "/9?properties=progress,nonsense").json();
    assertThat(shown)
        .hasToString(
            "{\"id\":\"9\",\"properties\":{\"createdate\":\"1970-01-01T00:00:01Z\","
                + "\"hs_object_id\":\"9\",\"lastmodifieddate\":\"1970-01-01T00:00:01Z\","
                + "\"progress\":null},\"createdAt\":\"1970-01-01T00:00:01Z\","
                + "\"updatedAt\":\"1970-01-01T00:00:01Z\",\"archived\":false}");
  }

  @Test
  void finds_a_contact_by_its_email() throws Exception {
    contacts(4);
    assertThat(client.get(CONTACTS + "/ADA%2B4@example.org?idProperty=email").json().path("id"))
        .hasToString("\"36\"");
    Client.Reply none = client.get(CONTACTS + "/ada%2B5@example.org?idProperty=email");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.json().path("category").asText()).isEqualTo("OBJECT_NOT_FOUND");
    assertThat(none.json().path("correlationId").asText()).hasSize(36);
  }

  @Test
  void searches_with_filters_sorts_and_pages() throws Exception {
    contacts(30);
    JsonNode found =
        client
            .post(
                CONTACTS + "/search",
                """
                {"filterGroups": [{"filters": [
                    {"propertyName": "progress", "operator": "HAS_PROPERTY"},
                    {"propertyName": "hs_object_id", "operator": "GT", "value": "90"}]}],
                 "sorts": [{"propertyName": "hs_object_id", "direction": "ASCENDING"}],
                 "properties": ["progress"], "limit": 4}""")
            .json();
    assertThat(found.path("total").asInt()).isEqualTo(10);
    assertThat(ids(found.path("results"))).containsExactly(108L, 126L, 144L, 162L);
    assertThat(found.at("/paging/next/after").asText()).isEqualTo("4");
  }

  @Test
  void knows_the_operators_of_a_search() throws Exception {
    contacts(10);
    assertThat(searched("progress", "EQ", "\"value\": \"{\\\"A\\\":4}\"")).containsExactly(36L);
    assertThat(searched("progress", "NEQ", "\"value\": \"{\\\"a\\\":4}\""))
        .containsExactly(18L, 54L, 72L, 90L);
    assertThat(searched("progress", "NOT_HAS_PROPERTY", "\"value\": null"))
        .containsExactly(9L, 27L, 45L, 63L, 81L);
    assertThat(searched("hs_object_id", "LT", "\"value\": \"18\"")).containsExactly(9L);
    assertThat(searched("hs_object_id", "GTE", "\"value\": \"81\"")).containsExactly(81L, 90L);
    assertThat(searched("hs_object_id", "IN", "\"values\": [\"9\", \"90\", \"91\"]"))
        .containsExactly(9L, 90L);
    assertThat(searched("lastmodifieddate", "GT", "\"value\": \"9000\"")).containsExactly(90L);
  }

  private List<Long> searched(String property, String operator, String value)
      throws IOException, InterruptedException {
    Client.Reply reply =
        client.post(
            CONTACTS + "/search",
            "{\"filterGroups\": [{\"filters\": [{\"propertyName\": \"%s\", \"operator\": \"%s\", %s}]}]}"
                .formatted(property, operator, value));
    assertThat(reply.status()).as(reply.json().toString()).isEqualTo(200);
    return ids(reply.json().path("results"));
  }

  @Test
  void refuses_what_lies_beyond_ten_thousand_results() throws Exception {
    contacts(1);
    assertThat(client.post(CONTACTS + "/search", "{\"limit\": 200, \"after\": \"9800\"}").status())
        .isEqualTo(200);
    Client.Reply beyond =
        client.post(CONTACTS + "/search", "{\"limit\": 200, \"after\": \"9801\"}");
    assertThat(beyond.status()).isEqualTo(400);
    assertThat(beyond.json().path("category").asText()).isEqualTo("VALIDATION_ERROR");
  }

  @Test
  void refuses_pages_and_batches_that_are_too_large() throws Exception {
    assertThat(client.get(CONTACTS + "?limit=101").status()).isEqualTo(400);
    assertThat(client.post(CONTACTS + "/search", "{\"limit\": 201}").status()).isEqualTo(400);
    assertThat(client.post(CONTACTS + "/batch/read", inputs(101)).status()).isEqualTo(400);
    assertThat(client.post(CONTACTS + "/batch/update", inputs(101)).status()).isEqualTo(400);
    assertThat(client.post(CONTACTS + "/batch/update", "{\"inputs\": []}").status()).isEqualTo(400);
    assertThat(client.post(CONTACTS + "/search", "{\"limit\"").status()).isEqualTo(400);
  }

  private static String inputs(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(i -> "{\"id\": \"" + i * 9 + "\", \"properties\": {\"progress\": \"new\"}}")
        .collect(Collectors.joining(",", "{\"inputs\": [", "]}"));
  }

  @Test
  void reads_a_batch_and_tells_which_are_not_there() throws Exception {
    contacts(3);
    Client.Reply all = client.post(CONTACTS + "/batch/read", inputs(3));
    assertThat(all.status()).isEqualTo(200);
    assertThat(all.json().path("status").asText()).isEqualTo("COMPLETE");
    Client.Reply some = client.post(CONTACTS + "/batch/read", inputs(5));
    assertThat(some.status()).isEqualTo(207);
    assertThat(ids(some.json().path("results"))).containsExactly(9L, 18L, 27L);
    assertThat(some.json().path("errors").get(0).path("context").path("ids"))
        .hasToString("[\"36\",\"45\"]");
  }

  @Test
  void updates_the_good_records_of_a_batch_and_names_the_bad_ones() throws Exception {
    contacts(3);
    Client.Reply some = client.post(CONTACTS + "/batch/update", inputs(5));
    assertThat(some.status()).isEqualTo(207);
    assertThat(some.json().path("numErrors").asInt()).isEqualTo(2);
    assertThat(some.json().at("/errors/1/context/ids/0").asText()).isEqualTo("45");
    assertThat(crm.find("contacts", 27).orElseThrow().text("progress")).contains("new");
    assertThat(crm.clientWrites("contacts", 27)).isOne();
  }

  @Test
  void or_refuses_the_whole_batch_for_one_bad_record() throws Exception {
    restart(CrmSettings.standard().withBatchErrors(CrmSettings.BatchErrors.WHOLE_BATCH));
    contacts(3);
    Client.Reply refused = client.post(CONTACTS + "/batch/update", inputs(4));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(crm.find("contacts", 9).orElseThrow().text("progress")).isEmpty();
    assertThat(crm.changes()).isEmpty();
  }

  @Test
  void refuses_a_batch_that_names_a_record_twice() throws Exception {
    contacts(1);
    String twice =
        "{\"inputs\": [{\"id\": \"9\", \"properties\": {}}, {\"id\": \"9\", \"properties\": {}}]}";
    assertThat(client.post(CONTACTS + "/batch/update", twice).status()).isEqualTo(400);
  }

  @Test
  void takes_values_of_65536_characters_and_not_of_one_more() throws Exception {
    contacts(1);
    String fits = "x".repeat(65_536);
    assertThat(patched("progress", fits).status()).isEqualTo(200);
    Client.Reply refused = patched("progress", fits + "x");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("category").asText()).isEqualTo("VALIDATION_ERROR");
    assertThat(crm.find("contacts", 9).orElseThrow().text("progress")).contains(fits);
  }

  @Test
  void refuses_properties_that_are_unknown_or_its_own() throws Exception {
    contacts(1);
    assertThat(patched("nonsense", "x").json().path("message").asText())
        .contains("PROPERTY_DOESNT_EXIST");
    assertThat(patched("hs_object_id", "1").json().path("message").asText())
        .contains("READ_ONLY_VALUE");
  }

  @Test
  void an_empty_text_takes_a_value_away() throws Exception {
    contacts(2);
    assertThat(patchedOf(18, "progress", "").status()).isEqualTo(200);
    assertThat(crm.find("contacts", 18).orElseThrow().text("progress")).isEmpty();
  }

  private Client.Reply patched(String property, String text)
      throws IOException, InterruptedException {
    return patchedOf(9, property, text);
  }

  private Client.Reply patchedOf(long id, String property, String text)
      throws IOException, InterruptedException {
    return client.patch(
        CONTACTS + "/" + id, "{\"properties\": {\"" + property + "\": \"" + text + "\"}}");
  }

  @Test
  void keeps_texts_as_they_are_half_surrogates_included() throws Exception {
    contacts(1);
    String text =
        "{ \"a\" : 1.0,\\\"b\\\": \\\"Grüße 👋 \\ud83d\\\"}".replace("\"a\"", "\\\"a\\\"");
    assertThat(patched("progress", text).status()).isEqualTo(200);
    String shown =
        client.get(CONTACTS + "/9?properties=progress").json().at("/properties/progress").asText();
    assertThat(shown).isEqualTo("{ \"a\" : 1.0,\"b\": \"Grüße 👋 \ud83d\"}");
  }

  @Test
  void makes_contacts_each_email_once() throws Exception {
    contacts(1);
    Client.Reply made =
        client.post(CONTACTS, "{\"properties\": {\"email\": \"grace@example.org\"}}");
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.json().path("id").asText()).isEqualTo("59");
    Client.Reply again =
        client.post(CONTACTS, "{\"properties\": {\"email\": \"Grace@example.org\"}}");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().path("message").asText())
        .isEqualTo("Contact already exists. Existing ID: 59");
  }

  @Test
  void keeps_other_types_apart() throws Exception {
    crm.put("companies", new CrmRecord(9, Map.of("name", "Example"), 0, 0));
    assertThat(client.get("/crm/v3/objects/companies/9").json().at("/properties/name").asText())
        .isEqualTo("Example");
    assertThat(client.get(CONTACTS + "/9").status()).isEqualTo(404);
    crm.put("2-4711", new CrmRecord(9, Map.of("answers", "[]"), 0, 0));
    assertThat(client.get("/crm/v3/objects/2-4711?properties=answers").json().path("results"))
        .hasSize(1);
  }

  @Test
  void refuses_a_token_that_is_wrong_expired_or_may_not_write() throws Exception {
    restart(CrmSettings.standard().withTokenLasting(1).readOnly());
    contacts(1);
    client.token("another");
    assertThat(client.get(CONTACTS).status()).isEqualTo(401);
    client.token(crm.token());
    assertThat(patched("progress", "x").status()).isEqualTo(403);
    Client.Reply expired = client.get(CONTACTS);
    assertThat(expired.status()).isEqualTo(401);
    assertThat(expired.json().path("category").asText()).isEqualTo("EXPIRED_AUTHENTICATION");
    crm.renewToken("fresh");
    client.token("fresh");
    assertThat(client.get(CONTACTS).status()).isEqualTo(200);
  }

  @Test
  void knows_no_other_place_or_method() throws Exception {
    assertThat(client.get("/crm/v4/objects/contacts").status()).isEqualTo(404);
    assertThat(client.get(CONTACTS + "/9/associations").status()).isEqualTo(404);
    assertThat(client.post(CONTACTS + "/9", "{}").status()).isEqualTo(405);
  }
}
