package org.stockbazaar.protocol.config;

import picocli.CommandLine.IVersionProvider;

/** The version that this build has. */
public final class Version implements IVersionProvider {
  /** As in the jar's manifest; {@code dev} when run from class files. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"Stock Bazaar " + current() + ", Java " + Runtime.version()};
  }
}
