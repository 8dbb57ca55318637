package dev.plumbline.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://me:p%40ss+w@db.example:6432/campus?sslmode=require",
        "jdbc:postgresql://db.example:6432/campus?user=me&password=p%40ss+w&sslmode=require",
        "jdbc:postgresql://db.example:6432/campus?sslmode=require&password=p%40ss+w&user=me"
      })
  void takes_the_login_out_of_the_url(String text) {
    JdbcUrl url = JdbcUrl.parse(text);
    assertThat(url.url()).isEqualTo("jdbc:postgresql://db.example:6432/campus?sslmode=require");
    assertThat(url.properties()).containsEntry("user", "me").containsEntry("password", "p@ss+w");
    assertThat(url).hasToString("postgresql://db.example:6432/campus");
    assertThat(url.dialect().name()).isEqualTo("postgresql");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:oracle:thin:scott/s3cret@//h:1521/x",
        "mysql://me:s3cret@h/d",
        "jdbc:sqlite::memory:?password=s3cret"
      })
  void refuses_other_kinds_without_what_follows_the_kind(String text) {
    PlumblineException refused =
        catchThrowableOfType(PlumblineException.class, () -> JdbcUrl.parse(text));
    assertThat(refused.code()).isEqualTo(ErrorCode.PROJECT);
    assertThat(refused.what() + refused.next()).doesNotContain("s3cret");
  }

  @Test
  void a_password_with_an_at_sign_is_none_of_the_host_or_the_label() {
    JdbcUrl url = JdbcUrl.parse("jdbc:postgresql://me:p@s3cret@h:5432/d");
    assertThat(url.url()).isEqualTo("jdbc:postgresql://h:5432/d");
    assertThat(url.properties()).containsEntry("user", "me").containsEntry("password", "p@s3cret");
    assertThat(url).hasToString("postgresql://h:5432/d");
  }

  @Test
  void keeps_the_password_of_a_key_to_itself() {
    JdbcUrl url = JdbcUrl.parse("jdbc:postgresql://h/d?sslkey=k.pk8&sslpassword=s3cret");
    assertThat(url.url() + url).doesNotContain("s3cret");
    assertThat(url.properties()).containsEntry("sslpassword", "s3cret");
  }

  @Test
  void names_a_sqlite_file_without_its_parameters() {
    JdbcUrl url = JdbcUrl.parse("jdbc:sqlite:data/my ledger.db?cache=shared");
    assertThat(url).hasToString("sqlite:data/my ledger.db");
    assertThat(url.url()).isEqualTo("jdbc:sqlite:data/my ledger.db?cache=shared");
    assertThat(url.dialect().name()).isEqualTo("sqlite");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://h:notaport/d?user=me&password=s3cret",
        "jdbc:postgresql://h:70000/d?password=s3cret",
        "jdbc:postgresql://h:1,g:x/d?password=s3cret",
        "jdbc:postgresql://me:s3cret/and%2Fmore@h/d",
        "jdbc:postgresql://me:s3cret%zz@h/d",
        "jdbc:postgresql://h/d?password=s3cret%",
        "jdbc:postgresql://h/d?password=s3cret&nonsense=%zz"
      })
  void refuses_a_malformed_url_without_showing_a_password(String text) {
    PlumblineException refused =
        catchThrowableOfType(PlumblineException.class, () -> JdbcUrl.parse(text));
    assertThat(refused.code()).isEqualTo(ErrorCode.PROJECT);
    assertThat(refused.what()).startsWith("The database's URL is wrong: ");
    assertThat(refused.what() + refused.next() + refused.getCause()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"h", "h:1", "h:65535", "[::1]", "[::1]:5432", "h:1,g:2", "h:"})
  void takes_every_way_to_name_hosts(String hosts) {
    assertThat(JdbcUrl.parse("jdbc:postgresql://" + hosts + "/d").url())
        .isEqualTo("jdbc:postgresql://" + hosts + "/d");
  }

  @Test
  void no_password_is_in_the_label_even_where_a_slash_hides_it() {
    JdbcUrl url = JdbcUrl.parse("jdbc:postgresql://me:1/s3cret@h/d");
    assertThat(url.label()).doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:sqlite:",
        "jdbc:sqlite::memory:",
        "jdbc:sqlite:file:x?mode=memory&cache=shared",
        "jdbc:mysql://me:s3cret@h/d",
        "postgres://me:s3cret@h/d",
        "campus"
      })
  void refuses_what_it_does_not_speak_without_showing_a_password(String text) {
    PlumblineException refused =
        catchThrowableOfType(PlumblineException.class, () -> JdbcUrl.parse(text));
    assertThat(refused.code()).isEqualTo(ErrorCode.PROJECT);
    assertThat(refused.what() + refused.next()).doesNotContain("s3cret").isNotBlank();
  }
}
