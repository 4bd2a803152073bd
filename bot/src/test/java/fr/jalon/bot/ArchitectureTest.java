package fr.jalon.bot;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "fr.jalon", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule onlyKnowledgeAndIndexBuilderTouchLucene =
      noClasses()
          .that()
          .resideInAPackage("fr.jalon.bot..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.lucene..");

  @ArchTest
  static final ArchRule knowledgeKnowsNoOtherModule =
      noClasses()
          .that()
          .resideInAPackage("fr.jalon.knowledge..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("fr.jalon.indexbuilder..", "fr.jalon.bot..");

  @ArchTest
  static final ArchRule indexBuilderDoesNotKnowTheBot =
      noClasses()
          .that()
          .resideInAPackage("fr.jalon.indexbuilder..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("fr.jalon.bot..");

  @ArchTest
  static final ArchRule questionKnowsNoAnswer =
      noClasses()
          .that()
          .resideInAPackage("fr.jalon.bot.question..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("fr.jalon.bot.answer..", "fr.jalon.bot.conversation..");

  @ArchTest
  static final ArchRule answerKnowsNoConversation =
      noClasses()
          .that()
          .resideInAPackage("fr.jalon.bot.answer..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("fr.jalon.bot.conversation..");

  @ArchTest
  static final ArchRule onlyTheStoreTouchesSql =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.jalon.bot.store..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.sql..");

  @ArchTest
  static final ArchRule onlyTheTelegramDoorTouchesTheBotApi =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.jalon.bot.telegram..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.telegram..", "okhttp3..");

  @ArchTest
  static final ArchRule onlyTheWebDoorTouchesTheWebServer =
      noClasses()
          .that()
          .resideOutsideOfPackage("fr.jalon.bot.web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "com.samskivert..");

  @ArchTest
  static final ArchRule theWebDoorKnowsTheConversationOnly =
      noClasses()
          .that()
          .resideInAPackage("fr.jalon.bot.web..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "fr.jalon.bot.store..",
              "fr.jalon.bot.telegram..",
              "fr.jalon.bot.answer..",
              "fr.jalon.knowledge..");

  @ArchTest
  static final ArchRule theStoreKnowsNoDoor =
      noClasses()
          .that()
          .resideInAPackage("fr.jalon.bot.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "fr.jalon.bot.telegram..", "fr.jalon.bot.conversation..", "fr.jalon.bot.answer..");

  @ArchTest
  static final ArchRule noPackageDependsOnItself =
      slices().matching("fr.jalon.(**)").should().beFreeOfCycles();
}
