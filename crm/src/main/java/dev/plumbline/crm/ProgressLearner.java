package dev.plumbline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A learner who goes on learning: a module of the progress gets one visit more, which is the
 * change's mark. In both shapes of the progress; a module that several courses carry gets it in
 * each of them.
 */
public final class ProgressLearner implements Learner {

  @Override
  public Optional<Map<String, String>> changes(CrmRecord record, String mark) {
    return record
        .text(Contacts.PROGRESS)
        .flatMap(Json::find)
        .flatMap(progress -> visited(progress, mark))
        .map(progress -> Map.of(Contacts.PROGRESS, Json.write(progress)));
  }

  private static Optional<ObjectNode> visited(ObjectNode progress, String mark) {
    for (Map.Entry<String, JsonNode> pathway : progress.properties()) {
      if (pathway.getKey().equals("courses") || !pathway.getValue().isObject()) {
        continue;
      }
      List<JsonNode> holders = new ArrayList<>(List.of(pathway.getValue()));
      pathway.getValue().path("courses").forEach(holders::add);
      if (visit(holders, mark)) {
        return Optional.of(progress);
      }
    }
    return Optional.empty();
  }

  private static boolean visit(List<JsonNode> holders, String mark) {
    Optional<String> module =
        holders.stream()
            .flatMap(holder -> holder.path("modules").properties().stream())
            .map(Map.Entry::getKey)
            .findFirst();
    module.ifPresent(
        name ->
            holders.stream()
                .map(holder -> holder.path("modules").path(name))
                .filter(JsonNode::isObject)
                .forEach(entry -> ((ObjectNode) entry).withArray("/visits").add(mark)));
    return module.isPresent();
  }
}
