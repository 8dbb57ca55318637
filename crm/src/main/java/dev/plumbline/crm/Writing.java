package dev.plumbline.crm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.SplittableRandom;

/** The ways in which applications have written the same JSON over the years. */
final class Writing {
  private static final ObjectWriter COMPACT = new JsonMapper().writer();
  private static final ObjectWriter INDENTED = new JsonMapper().writerWithDefaultPrettyPrinter();
  private static final ObjectWriter ESCAPED =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build().writer();

  private Writing() {}

  /** The text of an object, now and then indented or with escapes. */
  static String inSomeWay(ObjectNode node, SplittableRandom random) {
    ObjectWriter writer =
        switch (random.nextInt(50)) {
          case 0 -> INDENTED;
          case 1, 2 -> ESCAPED;
          default -> COMPACT;
        };
    try {
      return writer.writeValueAsString(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can always be written.", e);
    }
  }
}
