using System.Data;
using DuckDB.NET.Data;

namespace TorchBoard.Tool.Tests.Exporting;

/// <summary>An engine that a user may have, over exported data sets.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private readonly string _output;

    /// <param name="output">The directory of the data sets.</param>
    public DuckDb(string output)
    {
        _output = output;
        _connection.Open();
        Query("SET TimeZone = 'UTC'");
    }

    /// <summary>Returns the rows of a query in which <c>{scalars}</c> stands for a data set of this name.</summary>
    public List<object?[]> Query(string sql)
    {
        using IDbCommand command = _connection.CreateCommand();
#pragma warning disable CA2100 // The queries are constants of the tests.
        command.CommandText = System.Text.RegularExpressions.Regex.Replace(
            sql, @"\{(\w+)\}",
            name => $"read_parquet('{_output}/{name.Groups[1].Value}/*/*.parquet', hive_partitioning = true, hive_types_autocast = false)");
#pragma warning restore CA2100
        using IDataReader reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            object?[] row = new object?[reader.FieldCount];
            for (int i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }

    public void Dispose() => _connection.Dispose();
}
