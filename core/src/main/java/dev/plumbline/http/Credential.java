package dev.plumbline.http;

import java.nio.file.Path;

/**
 * What lets requests in: sent as {@code Authorization: Bearer …}. Its text form holds no secret.
 */
public sealed interface Credential {

  /** A token as it is. */
  record Token(String token) implements Credential {
    @Override
    public String toString() {
      return "Token(***)";
    }
  }

  /** A file with the token in it; read again once when the service no longer takes the token. */
  record TokenFile(Path file) implements Credential {}
}
