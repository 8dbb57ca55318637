package dev.plumbline.document;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Takes back what was changed since, by the transform's inverse. */
final class CarryBack {
  private final Programs programs;
  private final Transform transform;

  CarryBack(Programs programs, Transform transform) {
    this.programs = programs;
    this.transform = transform;
  }

  CarriedBack carry(String before, String after, String current) {
    if (transform.inverse().isEmpty()) {
      return new CarriedBack.Kept("the transform declares no inverse");
    }
    try {
      JsonNode now = Json.read(current);
      JsonNode then = programs.inverse(Json.read(after)).orElseThrow();
      JsonNode back = programs.inverse(now).orElseThrow();
      JsonNode carried = Patch.apply(Json.read(before), then, back);
      List<String> lost = Differences.paths(programs.transform(carried), now);
      if (!lost.isEmpty()) {
        String first = lost.getFirst().isEmpty() ? "" : " at " + lost.getFirst();
        return new CarriedBack.Kept("the old shape cannot hold what was changed since" + first);
      }
      return new CarriedBack.Carried(Json.write(carried));
    } catch (UnreadableJson e) {
      return new CarriedBack.Kept("it is no JSON document: " + e.getMessage());
    } catch (ProgramFailed e) {
      return new CarriedBack.Kept("it cannot be carried back: " + e.what());
    }
  }
}
