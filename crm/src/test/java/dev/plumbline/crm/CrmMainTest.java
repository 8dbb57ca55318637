package dev.plumbline.crm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CrmMainTest {

  @Test
  void runs_as_a_process_until_its_input_ends() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.plumbline.crm.CrmMain",
                "--content",
                "../examples/hierarchical-progress/content",
                "--contacts",
                "100",
                "--token",
                "of-this-test",
                "--requests-per-10-seconds",
                "1")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines = process.inputReader();
        HttpClient http = HttpClient.newHttpClient()) {
      URI uri = URI.create(lines.readLine() + "/crm/v3/objects/contacts?limit=100");
      HttpRequest request =
          HttpRequest.newBuilder(uri).header("Authorization", "Bearer of-this-test").build();
      assertThat(http.send(request, BodyHandlers.ofString()).body().split("@example.org"))
          .hasSize(101);
      assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(429);
      process.getOutputStream().close();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
