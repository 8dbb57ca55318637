package dev.plumbline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks the stand-in, as an app would. */
final class Client implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI uri;
  private String token;

  Client(Crm crm) {
    this.uri = crm.uri();
    this.token = crm.token();
  }

  record Reply(int status, JsonNode json, HttpResponse<String> response) {
    String header(String name) {
      return response.headers().firstValue(name).orElse("none");
    }
  }

  void token(String text) {
    token = text;
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", Duration.ofSeconds(30));
  }

  Reply post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, body, Duration.ofSeconds(30));
  }

  Reply patch(String path, String body) throws IOException, InterruptedException {
    return send("PATCH", path, body, Duration.ofSeconds(30));
  }

  Reply send(String method, String path, String body, Duration patience)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri.resolve(path))
            .timeout(patience)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    boolean json =
        response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
    return new Reply(response.statusCode(), JSON.readTree(json ? response.body() : "{}"), response);
  }

  @Override
  public void close() {
    http.close();
  }
}
