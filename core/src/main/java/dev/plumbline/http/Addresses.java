package dev.plumbline.http;

import dev.plumbline.error.ErrorCode;
import dev.plumbline.error.PlumblineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of one service. A token is only ever sent to the place that it was given for:
 * another scheme, host or port is refused, whoever named it.
 */
record Addresses(URI base) {

  static Addresses of(URI url) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!Set.of("http", "https").contains(scheme) || url.getHost() == null) {
      throw wrong(url, "is no address of a service", "Write https://, the host, and a path.");
    }
    if (url.getRawUserInfo() != null) {
      throw wrong(url, "holds a user or a password", "Give a token, or headers, instead.");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw wrong(url, "has more than a path", "Leave out what follows ? or #.");
    }
    return new Addresses(url);
  }

  private static PlumblineException wrong(URI url, String what, String next) {
    return new PlumblineException(
        ErrorCode.PROJECT,
        "The address " + Redaction.of(url) + " " + what + ".",
        "No request was made.",
        next);
  }

  /** Scheme, host, port and path; however they were written, the same for the same place. */
  String place() {
    String scheme = base.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    String port = base.getPort() < 0 || base.getPort() == usual ? "" : ":" + base.getPort();
    String path = base.normalize().getRawPath().replaceFirst("/+$", "");
    return scheme + "://" + base.getHost().toLowerCase(Locale.ROOT) + port + path;
  }

  /** Host and port, for people. */
  String service() {
    return base.getPort() < 0 ? base.getHost() : base.getHost() + ":" + base.getPort();
  }

  /** The address of a request: below the service's own, or a whole one at the same service. */
  URI resolve(String address) {
    try {
      URI given = new URI(address);
      URI whole = given.isAbsolute() ? given : new URI(below(address));
      if (isHere(whole)) {
        return whole;
      }
    } catch (URISyntaxException notOne) {
      throw wrong(address, "is not one", notOne);
    }
    throw wrong(address, "is not at " + service(), null);
  }

  private String below(String address) {
    String start = base.toString().replaceFirst("/+$", "");
    return address.startsWith("/") ? start + address : start + "/" + address;
  }

  private boolean isHere(URI whole) {
    return base.getScheme().equalsIgnoreCase(whole.getScheme())
        && base.getHost().equalsIgnoreCase(whole.getHost())
        && port(base) == port(whole)
        && whole.getRawUserInfo() == null;
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
  }

  private static PlumblineException wrong(String address, String what, @Nullable Exception cause) {
    String redacted = Redaction.of(address);
    return new PlumblineException(
        ErrorCode.PROJECT,
        "The address " + redacted + " " + what + ".",
        "No request was made to it.",
        "Requests go to the address of the transform's file alone. See what the service gives as"
            + " the next page's address.",
        cause == null ? null : new IllegalArgumentException(redacted));
  }
}
