package io.godwit.core.plan;

import static io.godwit.core.plan.Steps.column;
import static io.godwit.core.plan.Steps.columnsOf;
import static io.godwit.core.plan.Steps.computed;
import static io.godwit.core.plan.Steps.connection;
import static io.godwit.core.plan.Steps.step;
import static io.godwit.core.plan.Tables.keyed;
import static io.godwit.core.plan.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.godwit.core.error.ErrorCode;
import io.godwit.core.error.GodwitException;
import io.godwit.core.job.Migrate.ColumnMapping;
import io.godwit.core.job.Migrate.TableSelection;
import io.godwit.core.job.WriteMode;
import io.godwit.core.table.TableDescription;
import io.godwit.core.type.LogicalType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expressions and filters in the plan. */
class ComputedColumnsTest {
    private static final TableDescription PEOPLE =
            table("public.people", "id int8 not null", "name varchar(40)", "email text", "born date");

    @Test
    void anExpressionsTypeIsThatOfTheNewColumn() {
        PlannedTables planned = step().source("public.people", PEOPLE)
                .columns(
                        column("*"),
                        new ColumnMapping("email", "email_hash", null, null, "hash(email)"),
                        computed("initial", null, "substring(name, 1, 1)"),
                        computed("year", "int4", "cast(date_format(born, 'uuuu') as int4)"),
                        computed("region", null, "'${region}'"))
                .plan();
        TablePlan plan = planned.tables().get(0);
        assertThat(columnsOf(plan))
                .containsExactly(
                        "id<-id:int8",
                        "name<-name:varchar(40)",
                        "born<-born:date",
                        "email_hash<-hash(email):varchar(64)",
                        "initial<-substring(name, 1, 1):varchar(40)",
                        "year<-cast(date_format(born, 'uuuu') as int4):int4",
                        "region<-'eu':varchar(2)");
        assertThat(plan.columns().get(4).targetNativeType()).isEqualTo("varchar(40)");
        assertThat(plan.columns().get(5).origin())
                .isEqualTo(new Origin.Computed(new Formula(
                        "cast(date_format(born, 'uuuu') as int4)",
                        List.of(new Origin.SourceColumn("born", LogicalType.Scalar.DATE)),
                        LogicalType.Scalar.INT4)));
        assertThat(planned.notes()).isEmpty();
    }

    @Test
    void theSinkIsAskedAboutTheTypesOfExpressions() {
        StepQuestion question = step().source("public.*", PEOPLE, table("public.other", "id int8"))
                .columns(column("*"), computed("hash", null, "hash(email)"))
                .question();
        assertThat(new StepPlanner(TestTypes.RULE).types(question)).contains(LogicalType.parse("varchar(64)"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "upper(nmae)|SOURCE_COLUMN_NOT_FOUND|character 7: there is no column nmae|Did you mean name?",
                "uper(name)|JOB_FILE_INVALID|character 1: there is no function uper|Did you mean upper?",
                "upper(id)|TYPE_INCOMPATIBLE|character 7: upper takes for text text, not int8|Write cast(value as text).",
                "hash(email)|TYPE_INCOMPATIBLE|varchar(64) does not fit into int4|Leave the column out",
                "${nothing}|PARAMETER_INVALID|no parameter of that name|",
            })
    void whatIsWrongIsToldInThePlan(String expression, ErrorCode code, String what, String remedy) {
        assertThatThrownBy(() -> step().source("public.people", PEOPLE)
                        .columns(column("id"), computed("out", null, expression))
                        .plan(table("lake.lake.people", "id int8", "out int4")))
                .isInstanceOfSatisfying(GodwitException.class, refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused.getMessage())
                            .startsWith("copy: shop: shop.public.people")
                            .contains(what);
                    assertThat(refused.remedy()).contains(remedy == null ? "" : remedy);
                });
    }

    @Test
    void aKeyMustBeTheSameEachTime() {
        ColumnMapping token = computed("token", null, "tokenize(email, 'env:K')");
        ColumnMapping secret = computed("secret", null, "encrypt(email, 'env:K')");
        PlannedTables planned = step().source("public.people", PEOPLE)
                .columns(token, secret)
                .mode(WriteMode.UPSERT, "token")
                .plan();
        assertThat(planned.tables().get(0).key()).containsExactly("token");
        assertThat(planned.notes())
                .containsExactly(
                        "lake.people.secret is another value each time it is computed: a deep comparison leaves it out");
        assertThatThrownBy(() -> step().source("public.people", PEOPLE)
                        .columns(token, secret)
                        .mode(WriteMode.UPSERT, "secret")
                        .plan())
                .hasMessageContaining("no row would ever meet itself");
    }

    @Test
    void aComputedColumnIsNoKeyOfTheSource() {
        TableDescription keyed = keyed("public.people", List.of("id"), "id int8 not null");
        assertThatThrownBy(() -> step().source("public.people", keyed)
                        .columns(computed("id", null, "id + 1"))
                        .mode(WriteMode.UPSERT)
                        .plan())
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.KEY_REQUIRED));
    }

    @Test
    void filtersAreChecked() {
        TablePlan plan = step().source("public.people", PEOPLE)
                .filter("born > '1900-01-01' and id <> 3")
                .plan()
                .tables()
                .get(0);
        assertThat(plan.filter())
                .isEqualTo(new Formula(
                        "born > '1900-01-01' and id <> 3",
                        List.of(
                                new Origin.SourceColumn("born", LogicalType.Scalar.DATE),
                                new Origin.SourceColumn("id", LogicalType.Scalar.INT8)),
                        LogicalType.Scalar.BOOL));
        assertThatThrownBy(() -> step().source("public.people", PEOPLE)
                        .filter("upper(name)")
                        .plan())
                .hasMessageContaining("filter: a filter is true or false, not varchar(40)");
        assertThatThrownBy(() -> step().source("public.people", PEOPLE)
                        .filter("bron is null")
                        .plan())
                .isInstanceOfSatisfying(
                        GodwitException.class,
                        refused -> assertThat(refused.remedy()).isEqualTo("Did you mean born?"));
    }

    @Test
    void aTablesOwnFilterCounts() {
        TableSelection own = new TableSelection("public.people", null, null, null, null, null, "id = 1");
        TablePlan plan = step().source(connection("shop", "db", "shop"), List.of(own), PEOPLE)
                .filter("id = 2")
                .plan()
                .tables()
                .get(0);
        assertThat(plan.filter()).isNotNull().extracting(Formula::text).isEqualTo("id = 1");
    }
}
