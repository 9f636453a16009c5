package org.stockbazaar.protocol.config;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Gives an option its value from the environment: {@code --http-port} is BAZAAR_HTTP_PORT. */
final class Environment implements IDefaultValueProvider {
  private static final String PREFIX = "BAZAAR_";

  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  @Override
  public String defaultValue(ArgSpec argument) {
    if (argument instanceof OptionSpec option) {
      String value = variables.get(variable(option.longestName()));
      if (value != null) {
        return value;
      }
    }
    return argument.defaultValue();
  }

  static String variable(String option) {
    return PREFIX + option.replaceFirst("^-+", "").replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
