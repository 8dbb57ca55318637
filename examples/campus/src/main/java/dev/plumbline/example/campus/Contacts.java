package dev.plumbline.example.campus;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** The contacts in the CRM, of which this application knows the learning progress. */
final class Contacts implements AutoCloseable {
  private static final String PROGRESS = "hhl_progress_state";
  private static final String WANTED = "properties=email," + PROGRESS;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = new JsonMapper();
  private final URI contacts;
  private final String token;

  Contacts(URI crm, String token) {
    this.contacts = URI.create(crm + "/crm/v3/objects/contacts");
    this.token = token;
  }

  /** A contact; its progress is empty where it has none. */
  record Contact(String id, String email, Progress progress) {}

  /** The contact with an id or an email. */
  Contact read(String idOrEmail) {
    boolean byEmail = idOrEmail.contains("@");
    String query = "?" + WANTED + (byEmail ? "&idProperty=email" : "");
    String place = URLEncoder.encode(idOrEmail, StandardCharsets.UTF_8);
    return contact(send("GET", "/" + place + query, ""));
  }

  /** Hands over every contact that has progress. */
  void each(BiConsumer<Contact, Progress> consumer) {
    Optional<String> after = Optional.of("0");
    while (after.isPresent()) {
      JsonNode page = send("GET", "?limit=100&" + WANTED + "&after=" + after.get(), "");
      for (JsonNode record : page.path("results")) {
        Contact contact = contact(record);
        if (!contact.progress().document().isEmpty()) {
          consumer.accept(contact, contact.progress());
        }
      }
      JsonNode next = page.at("/paging/next/after");
      after = next.isMissingNode() ? Optional.empty() : Optional.of(next.asText());
    }
  }

  void write(Contact contact) {
    ObjectNode body = json.createObjectNode();
    body.putObject("properties").put(PROGRESS, contact.progress().document().toString());
    var unused = send("PATCH", "/" + contact.id(), body.toString());
  }

  private Contact contact(JsonNode record) {
    String text = record.path("properties").path(PROGRESS).asText("");
    try {
      JsonNode document = json.readTree(text.isEmpty() || text.equals("null") ? "{}" : text);
      if (document instanceof ObjectNode progress) {
        return new Contact(
            record.path("id").asText(),
            record.path("properties").path("email").asText(""),
            new Progress(progress));
      }
    } catch (JsonProcessingException e) {
      throw new Refused(500, "The progress of " + record.path("id").asText() + " is not JSON.");
    }
    throw new Refused(500, "The progress of " + record.path("id").asText() + " is no object.");
  }

  private JsonNode send(String method, String place, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(contacts + place))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return switch (response.statusCode()) {
        case 200 -> json.readTree(response.body());
        case 404 -> throw new Refused(404, "There is no such contact.");
        case 429 -> throw new Refused(503, "The CRM is asked too often; come again.");
        default -> throw new Refused(502, "The CRM answered " + response.statusCode() + ".");
      };
    } catch (IOException e) {
      throw new Refused(502, "The CRM does not answer.");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Refused(503, "The application is about to end.");
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
