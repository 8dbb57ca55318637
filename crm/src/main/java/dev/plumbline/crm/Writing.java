package dev.plumbline.crm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SplittableRandom;

/** The ways in which applications have written the same JSON over the years. */
enum Writing {
  COMPACT(new JsonMapper().writer()),
  INDENTED(new JsonMapper().writerWithDefaultPrettyPrinter()),
  ESCAPED(JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build().writer());

  private final transient ObjectWriter writer;

  Writing(ObjectWriter writer) {
    this.writer = writer;
  }

  static Writing of(SplittableRandom random) {
    return switch (random.nextInt(50)) {
      case 0 -> INDENTED;
      case 1, 2 -> ESCAPED;
      default -> COMPACT;
    };
  }

  String write(ObjectNode node) {
    try {
      return writer.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can always be written.", e);
    }
  }
}
