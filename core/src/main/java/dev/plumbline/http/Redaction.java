package dev.plumbline.http;

import java.net.URI;
import java.util.regex.Pattern;

/** Addresses without what must not be told; rather too much is left out than too little. */
public final class Redaction {
  private static final Pattern USER = Pattern.compile("//[^/?#]*@");
  private static final Pattern PARAMETER = Pattern.compile("([?&;][^=&;#]*=)[^&;#]*");

  private Redaction() {}

  /** The address without user, password, the values of its query, and fragment. */
  public static String of(URI address) {
    return of(address.toString());
  }

  /** The same for an address that may not be a valid one. */
  public static String of(String address) {
    int fragment = address.indexOf('#');
    String whole = fragment < 0 ? address : address.substring(0, fragment);
    return PARAMETER.matcher(USER.matcher(whole).replaceAll("//***@")).replaceAll("$1***");
  }
}
