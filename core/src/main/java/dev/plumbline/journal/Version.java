package dev.plumbline.journal;

/** Plumbline's version, as the build wrote it into the jar. */
public final class Version {
  private Version() {}

  public static String text() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
