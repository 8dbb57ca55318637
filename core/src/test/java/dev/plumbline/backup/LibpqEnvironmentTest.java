package dev.plumbline.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.database.JdbcUrl;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LibpqEnvironmentTest {
  private static Map<String, String> of(String url) {
    return LibpqEnvironment.of(
        JdbcUrl.parse(url), Map.of("PATH", "/bin", "PGSERVICE", "other", "PGPASSWORD", "old"));
  }

  @Test
  void names_host_port_database_user_and_password() {
    assertThat(of("jdbc:postgresql://db.example.org:6432/campus?user=ada&password=a%26b"))
        .containsEntry("PGHOST", "db.example.org")
        .containsEntry("PGPORT", "6432")
        .containsEntry("PGDATABASE", "campus")
        .containsEntry("PGUSER", "ada")
        .containsEntry("PGPASSWORD", "a&b")
        .containsEntry("PATH", "/bin");
  }

  @Test
  void what_was_set_before_leads_to_no_other_database() {
    assertThat(of("jdbc:postgresql://h/campus?user=ada"))
        .doesNotContainKeys("PGSERVICE", "PGPASSWORD");
  }

  @Test
  void takes_the_drivers_defaults_where_the_url_is_short() {
    assertThat(of("jdbc:postgresql:campus"))
        .containsEntry("PGHOST", "localhost")
        .containsEntry("PGPORT", "5432")
        .containsEntry("PGDATABASE", "campus")
        .containsEntry("PGUSER", System.getProperty("user.name"));
    assertThat(of("jdbc:postgresql://h/?user=ada")).containsEntry("PGDATABASE", "ada");
  }

  @Test
  void keeps_several_hosts_addresses_in_brackets_and_what_protects_the_connection() {
    assertThat(
            of("jdbc:postgresql://[::1]:6000,b/c?user=a&sslmode=verify-ca&sslrootcert=/x/ca.pem"))
        .containsEntry("PGHOST", "::1,b")
        .containsEntry("PGPORT", "6000,5432")
        .containsEntry("PGSSLMODE", "verify-ca")
        .containsEntry("PGSSLROOTCERT", "/x/ca.pem");
    assertThat(of("jdbc:postgresql://h/c?user=a&ssl=true"))
        .containsEntry("PGSSLMODE", "verify-full");
  }
}
