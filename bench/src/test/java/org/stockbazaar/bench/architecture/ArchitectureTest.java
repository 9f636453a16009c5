package org.stockbazaar.bench.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Timer;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The structure that design and style promise, held against the classes. */
@AnalyzeClasses(packages = "org.stockbazaar", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] PURE = {
    "org.stockbazaar.order.replication..",
    "org.stockbazaar.order.trading..",
    "org.stockbazaar.catalog.view..",
    "org.stockbazaar.catalog.lease..",
    "org.stockbazaar.gateway.cache..",
    "org.stockbazaar.gateway.election.."
  };

  @ArchTest
  static final ArchRule pureCoreKnowsNoInputOutputAndNoLogger =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..",
              "org.slf4j..",
              "java.io..",
              "java.nio..",
              "java.net..",
              "java.time..",
              "net.openhft..",
              "com.fasterxml..",
              "org.stockbazaar.protocol.channel..",
              "org.stockbazaar.protocol.config..",
              "org.stockbazaar.protocol.metrics..",
              "org.stockbazaar.protocol.logging..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule pureCoreReadsNoClockAndStartsNoThread =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Thread.class, Timer.class)
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("java.util.concurrent.locks..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule pureCoreDependsOnNoChance =
      noClasses()
          .that()
          .resideInAnyPackage(PURE)
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(Random.class, SecureRandom.class, ThreadLocalRandom.class, UUID.class)
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(HashMap.class, HashSet.class, IdentityHashMap.class)
          .because("their order, or their numbers, differ from run to run")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule servicesDoNotKnowEachOther =
      slices()
          .matching("org.stockbazaar.(catalog|order|gateway)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule protocolKnowsNoService =
      noClasses()
          .that()
          .resideInAPackage("org.stockbazaar.protocol..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.stockbazaar.catalog..",
              "org.stockbazaar.order..",
              "org.stockbazaar.gateway..",
              "org.stockbazaar.bench..");

  @ArchTest
  static final ArchRule messagesKnowNoChannel =
      noClasses()
          .that()
          .resideInAPackage("org.stockbazaar.protocol.message..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.stockbazaar.protocol.channel..", "org.stockbazaar.protocol.config..");
}
