package dev.plumbline.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Makes an example's schema and data in an empty database. For one thread. */
public final class ExampleLoader {
  private static final int BATCH = 5_000;

  private final Path files;
  private final Connection connection;
  private final String database;

  private ExampleLoader(Path files, Connection connection, String database) {
    this.files = files;
    this.connection = connection;
    this.database = database;
  }

  /**
   * Loads the whole example in one transaction.
   *
   * @param files the example's directory
   * @param connection to an empty database of PostgreSQL or SQLite; one to PostgreSQL has to be
   *     opened with {@code stringtype=unspecified}, since real data come as text
   * @param scale how many times the data, faults included; 1 for the numbers in the README
   */
  public static void load(Path files, Connection connection, int scale)
      throws IOException, SQLException {
    String url = connection.getMetaData().getURL();
    String database = url.startsWith("jdbc:sqlite:") ? "sqlite" : "postgres";
    connection.setAutoCommit(false);
    new ExampleLoader(files, connection, database).load(scale);
    connection.commit();
  }

  private void load(int scale) throws IOException, SQLException {
    Path common = files.resolve("schema.sql");
    run(Files.exists(common) ? common : files.resolve("schema." + database + ".sql"), scale);
    Path generator = files.resolve("data.sql");
    if (Files.exists(generator)) {
      run(generator, scale);
    }
    Path list = files.resolve("load.csv");
    if (Files.exists(list)) {
      copyFiles(list);
    }
    analyze();
  }

  /** Both drivers take a script of several statements at once, each by another of its methods. */
  private void run(Path script, int scale) throws IOException, SQLException {
    String sql = Files.readString(script).replace("${scale}", String.valueOf(scale));
    try (Statement statement = connection.createStatement()) {
      if (database.equals("sqlite")) {
        statement.executeUpdate(sql);
      } else {
        statement.execute(sql);
      }
    }
  }

  private void copyFiles(Path list) throws IOException, SQLException {
    for (String line : Files.readAllLines(list).stream().skip(1).toList()) {
      String[] fields = line.split(",", -1);
      copy(files.resolve(fields[0]), fields[1], List.of(fields[2].split(" ", -1)));
    }
  }

  /** Else the first plans are made as if the tables were empty, until autovacuum has come by. */
  private void analyze() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate("ANALYZE");
    }
  }

  private void copy(Path file, String table, List<String> columns)
      throws IOException, SQLException {
    try (InputStream data = new GZIPInputStream(Files.newInputStream(file))) {
      insert(data, table, columns);
    }
  }

  /** Empty is unknown; the data have no quotes. */
  private void insert(InputStream data, String table, List<String> columns)
      throws IOException, SQLException {
    String marks = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
    String sql =
        "INSERT INTO " + table + " (" + String.join(", ", columns) + ") VALUES (" + marks + ")";
    try (BufferedReader lines =
            new BufferedReader(new InputStreamReader(data, StandardCharsets.UTF_8));
        PreparedStatement insert = connection.prepareStatement(sql)) {
      lines.readLine();
      int rows = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        for (int i = 0; i < fields.length; i++) {
          insert.setString(i + 1, fields[i].isEmpty() ? null : fields[i]);
        }
        insert.addBatch();
        if (++rows % BATCH == 0) {
          insert.executeBatch();
        }
      }
      insert.executeBatch();
    }
  }
}
