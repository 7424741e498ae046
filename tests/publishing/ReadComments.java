// What a BI tool that speaks JDBC reads of a table: its columns in order, their comments, its comment, and the rows. One value a line, UTF-8.
// java -cp postgresql.jar ReadComments.java URL
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;

public class ReadComments {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Connection db = DriverManager.getConnection(arguments[0])) {
            try (ResultSet table = db.getMetaData().getTables(null, "core", "fct_claim", null)) {
                table.next();
                out.println(table.getString("REMARKS"));
            }
            try (ResultSet columns = db.getMetaData().getColumns(null, "core", "fct_claim", null)) {
                while (columns.next()) {
                    out.println(columns.getString("COLUMN_NAME") + " " + columns.getString("REMARKS"));
                }
            }
            try (ResultSet rows = db.createStatement().executeQuery("select value, region_name from core.fct_claim order by claim_id")) {
                while (rows.next()) {
                    out.println(rows.getBigDecimal(1) + " " + rows.getString(2));
                }
            }
        }
    }
}
