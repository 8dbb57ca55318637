package dev.plumbline.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.dialect.SqlScan;
import dev.plumbline.layout.Layout.Part;
import dev.plumbline.layout.Section;
import dev.plumbline.project.Directive;
import org.junit.jupiter.api.Test;

class StepsTest {

  @Test
  void directives_cut_a_file_into_sections() {
    String text = "-- plumb:schema\nSELECT 1;\n-- plumb:undo\nSELECT 2;\n-- plumb:allow x y\n";
    assertThat(Steps.of(Directive.in(SqlScan.of(text))))
        .containsExactly(
            new Part(0, Section.SCHEMA), new Part(text.indexOf("-- plumb:undo"), Section.UNDO));
  }
}
