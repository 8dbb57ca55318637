package dev.plumbline.crm;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What is asked of an update before anything is written. */
final class Updates {
  private Updates() {}

  /** The values to write, if all of them may be written to this record. */
  static Map<String, String> checked(
      Table table, CrmRecord record, JsonNode properties, Faults faults) {
    Map<String, String> values = Records.values(table, properties);
    Records.noOtherHasEmail(table, values, record.id());
    if (faults.refuses(record.id())) {
      throw ApiError.invalidValue(
          values.keySet().stream().sorted().findFirst().orElse(""),
          "INVALID_OPTION",
          "The record " + record.id() + " does not take this value");
    }
    return values;
  }
}
