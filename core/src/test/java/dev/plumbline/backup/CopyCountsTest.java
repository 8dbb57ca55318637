package dev.plumbline.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CopyCountsTest {
  private static Map<String, Long> counted(String text) {
    CopyCounts counts = new CopyCounts();
    new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
        .lines()
        .forEach(counts);
    return counts.rows();
  }

  @Test
  void counts_the_lines_between_copy_and_its_end() {
    assertThat(
            counted(
                """
                SET client_encoding = 'UTF8';
                COPY public.orders (id, note) FROM stdin;
                1\ta\\nb
                2\t\\N
                \\.
                COPY public.none (id) FROM stdin;
                \\.
                SELECT pg_catalog.setval('public.orders_id_seq', 2, true);
                """))
        .isEqualTo(Map.of("public.orders", 2L, "public.none", 0L));
  }

  @Test
  void a_row_that_looks_like_a_statement_is_a_row() {
    assertThat(
            counted(
                """
                COPY public.notes (text) FROM stdin;
                COPY public.orders (id) FROM stdin;

                \\.
                """))
        .isEqualTo(Map.of("public.notes", 2L));
  }

  @Test
  void knows_names_with_quotes_dots_and_other_letters_and_tables_without_columns() {
    assertThat(
            counted(
                """
                COPY "Über.all"."a ""b"" (c)" ("x y") FROM stdin;
                1
                \\.
                COPY public.empty  FROM stdin;

                \\.
                """))
        .isEqualTo(Map.of("Über.all.a \"b\" (c)", 1L, "public.empty", 1L));
  }
}
