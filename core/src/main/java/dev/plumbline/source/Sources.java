package dev.plumbline.source;

import java.util.SortedSet;

/** Opens the place that a transform's file names. */
public final class Sources {
  private Sources() {}

  /**
   * Opens a source; its first request is made when something is asked of it.
   *
   * @param properties all that a transform reads or writes of a record
   * @param property the one that holds the document; files have none and take any name
   * @throws dev.plumbline.error.PlumblineException 78 where the setting cannot be right
   * @throws IllegalArgumentException for a column, which is changed in its database's transactions
   */
  public static DocumentSource open(
      SourceSetting setting, SortedSet<String> properties, String property) {
    return switch (setting) {
      case SourceSetting.Files files -> FileFolder.open(files, property);
      case SourceSetting.Hubspot hubspot -> Hubspot.open(hubspot, properties);
      case SourceSetting.Http http -> HttpApi.open(http, properties, property);
      case SourceSetting.Column column ->
          throw new IllegalArgumentException("no source of its own: " + column.table());
    };
  }
}
