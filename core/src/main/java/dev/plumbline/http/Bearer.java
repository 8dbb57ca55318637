package dev.plumbline.http;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The token that is sent. Safe for threads. */
final class Bearer {
  /**
   * What a header can carry: anything else in a token is a slip, or an attempt at a second header.
   */
  private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]+");

  private final Credential credential;
  private String token;

  Bearer(Credential credential) {
    this.credential = credential;
    this.token = read();
  }

  synchronized String token() {
    return token;
  }

  /**
   * After the service has not taken a token: whether there is another one to try.
   *
   * @param refused the token that was sent
   */
  synchronized boolean renew(String refused) {
    if (token.equals(refused)) {
      token = read();
    }
    return !token.equals(refused);
  }

  private String read() {
    return switch (credential) {
      case Credential.Token given -> checked(given.token(), "The token");
      case Credential.TokenFile file ->
          checked(content(file.file()), "The token in " + file.file());
    };
  }

  private static String content(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException unreadable) {
      throw new PlumblineException(
          ErrorCode.PROJECT,
          "The token file " + file + " cannot be read.",
          "No request was made with it.",
          "Put the token in that file, or name another one under token_file:.",
          unreadable);
    }
  }

  private static String checked(String token, String which) {
    if (VISIBLE.matcher(token).matches()) {
      return token;
    }
    throw new PlumblineException(
        ErrorCode.PROJECT,
        which + (token.isEmpty() ? " is empty." : " has characters in it that no token has."),
        "No request was made with it.",
        "Give the token alone, without spaces and line breaks.");
  }

  /** Nothing of the token. */
  @Override
  public String toString() {
    return "Bearer(***)";
  }
}
