package dev.plumbline.verify;

import dev.plumbline.database.Session;
import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import dev.plumbline.layout.Tool;
import dev.plumbline.migration.Migration;
import dev.plumbline.project.TrackerSetting;
import dev.plumbline.schema.TableName;
import dev.plumbline.tracker.ToolFile;
import dev.plumbline.tracker.TrackerHistory;
import dev.plumbline.tracker.Trackers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which records of migrations are looked at, and where their files are: all that the database
 * holds, unless the project or the command line names some.
 *
 * @param directory where the tools' usual folders are looked for
 * @param folders where the files of those are that the settings name none for; empty: where the
 *     tool usually keeps them
 * @param ownFolder where Plumbline's own migrations are
 * @param settings the project's, or the command line's in their stead
 * @param own Plumbline's own migrations, by version
 */
public record Records(
    Path directory,
    List<TrackerSetting> settings,
    List<Path> folders,
    Path ownFolder,
    List<Migration> own) {
  public Records {
    settings = List.copyOf(settings);
    own = List.copyOf(own);
    folders = List.copyOf(folders);
  }

  List<Tracked> read(Session session) {
    List<Tracked> tracked = new ArrayList<>();
    OwnRecord.read(session, ownFolder, own).ifPresent(tracked::add);
    for (TrackerHistory history : Trackers.read(session)) {
      Optional<TrackerSetting> setting = setting(history);
      if (settings.isEmpty() || setting.isPresent()) {
        tracked.add(tracked(history, setting));
      }
    }
    settings.forEach(setting -> requireFound(setting, tracked));
    return tracked;
  }

  private Optional<TrackerSetting> setting(TrackerHistory history) {
    return settings.stream()
        .filter(setting -> isMeant(setting, history.tool(), table(history)))
        .findFirst();
  }

  private static boolean isMeant(TrackerSetting setting, Tool tool, String table) {
    return setting.tool() == tool
        && setting.table().map(written -> isNamed(table, written)).orElse(true);
  }

  /** With its schema or without, quoted or not. */
  private static boolean isNamed(String table, String written) {
    return TableName.readings(written).stream()
        .map(parts -> String.join(".", parts))
        .anyMatch(name -> name.equals(table) || table.endsWith("." + name));
  }

  private static void requireFound(TrackerSetting setting, List<Tracked> tracked) {
    if (tracked.stream().noneMatch(one -> isMeant(setting, one.tool(), one.table()))) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "The database holds no record of "
              + setting.tool().label()
              + setting.table().map(table -> " in a table " + table).orElse("")
              + ".",
          "Nothing was changed; nothing was verified either.",
          "Check the database's address, the table's name, and the role's rights to its schema.");
    }
  }

  private Tracked tracked(TrackerHistory history, Optional<TrackerSetting> setting) {
    List<Path> named =
        setting.map(TrackerSetting::folders).filter(f -> !f.isEmpty()).orElse(folders);
    named.forEach(Records::requireFolder);
    List<Path> looked =
        named.isEmpty() ? Trackers.usualFolder(history.tool(), directory).stream().toList() : named;
    List<ToolFile> files = new ArrayList<>();
    looked.forEach(folder -> files.addAll(Trackers.files(history.tool(), folder)));
    return new Tracked(
        history.tool(),
        table(history),
        history.lock(),
        Optional.of(history),
        looked,
        files,
        Trackers.match(history, files));
  }

  private static String table(TrackerHistory history) {
    return String.join(".", TableName.usual(history.table().schema(), history.table().name()));
  }

  private static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "There is no folder " + folder + ", which should hold migrations.",
          "Nothing was changed; nothing was verified either.",
          "Check the path: one in plumb.yaml starts at plumb.yaml, one on the command line where you"
              + " are.");
    }
  }
}
