using LangSmith.Generators.Models;
using LangSmith.Generators.Symbols;

namespace LangSmith.Generators.Emit;

/// <summary>Writes the one place where a method is traced: interceptors and overloads all come here.</summary>
internal static class EntryWriter
{
    private const string Interception = "global::LangSmith.Interception.";
    private const string Captured = Interception + "CapturedValue";

    /// <summary>Writes the class of one traced method.</summary>
    public static void Write(CodeText code, TracedMethodModel method)
    {
        code.Line(Signature.GeneratedCode);
        code.Open($"internal static {(method.IsUnsafe ? "unsafe " : "")}class {method.EntryClass}");
        WriteDescription(code, method);
        code.Line();
        WriteCall(code, method);
        code.Line();
        WriteTracedCall(code, method);
        AccessorWriter.Write(code, method);
        code.Close();
    }

    private static void WriteDescription(CodeText code, TracedMethodModel method)
    {
        var settings = method.Settings;
        var description = Describe(settings).ToArray();
        var declaration = $"private static readonly {Interception}TracedMethod s_method = new({TypeText.Literal(settings.Name)})";
        if (description.Length == 0)
        {
            code.Line(declaration + ";");
            return;
        }

        code.Open(declaration);
        foreach (var line in description)
        {
            code.Line(line + ",");
        }

        code.Close(";");
    }

    private static IEnumerable<string> Describe(TraceSettings settings)
    {
        if (settings.RunType is { } runType)
        {
            yield return $"RunType = {TypeText.Literal(runType)}";
        }

        if (settings.Tags.Count > 0)
        {
            yield return $"Tags = new string[] {{ {string.Join(", ", settings.Tags.Select(TypeText.Literal))} }}";
        }

        if (settings.Metadata.Count > 0)
        {
            var entries = settings.Metadata.Select(static e => $"new({TypeText.Literal(e.Key)}, {e.Value})");
            yield return $"Metadata = new global::System.Collections.Generic.KeyValuePair<string, object?>[] {{ {string.Join(", ", entries)} }}";
        }

        if (settings.ProjectName is { } project)
        {
            yield return $"ProjectName = {TypeText.Literal(project)}";
        }

        if (!settings.CaptureInputs)
        {
            yield return "CapturesInputs = false";
        }

        if (!settings.CaptureOutputs)
        {
            yield return "CapturesOutputs = false";
        }

        if (settings.IgnoredExceptions.Count > 0)
        {
            var types = settings.IgnoredExceptions.Select(static t => $"typeof({t})");
            yield return $"IgnoredExceptions = new global::System.Type[] {{ {string.Join(", ", types)} }}";
        }
    }

    /// <summary>Writes the entry itself: while tracing is off it is one check and the call, small enough to be inlined.</summary>
    private static void WriteCall(CodeText code, TracedMethodModel method)
    {
        code.Line(Signature.Inline);
        code.Open($"public static {method.ReturnType} Call{Signature.TypeParameters(method)}({EntryParameters(method)}){Signature.Constraints(method)}");
        code.Open($"if ({Interception}TracedCall.IsOff && {(method.HasOptionsParameter ? $"({OptionsOf(method)})" : OptionsOf(method))} is null)");
        if (method.Return == ReturnKind.Void)
        {
            code.Line($"{AccessorWriter.Target(method, runFallback: "null")};");
            code.Line("return;");
        }
        else
        {
            code.Line($"return {AccessorWriter.Target(method, runFallback: "null")};");
        }

        code.Close();
        code.Line();
        var traced = $"Traced{Signature.TypeParameters(method)}({Signature.EntryArguments(method, Signature.Options)})";
        code.Line(method.Return == ReturnKind.Void ? $"{traced};" : $"return {traced};");
        code.Close();
    }

    private static void WriteTracedCall(CodeText code, TracedMethodModel method)
    {
        code.Open($"private static {method.ReturnType} Traced{Signature.TypeParameters(method)}({EntryParameters(method)}){Signature.Constraints(method)}");
        var isLazy = method.Return is ReturnKind.Sequence or ReturnKind.AsyncSequence && method.IsIterator;
        if (method is { IsOfInterface: true, IsStatic: false })
        {
            code.Line($"{Signature.Receiver} = {Interception}TracedCall.Undecorated({Signature.Receiver});");
        }

        code.Line($"var __call = {Interception}TracedCall.Open(s_method, {OptionsOf(method)});");
        if (method.Settings.CaptureInputs)
        {
            WriteInputs(code, method);
        }

        if (!isLazy)
        {
            code.Line("__call.Enter();");
        }

        if (method.Return != ReturnKind.Void)
        {
            code.Line($"{method.ReturnType} __result;");
        }

        code.Open("try");
        code.Line($"{(method.Return == ReturnKind.Void ? "" : "__result = ")}{AccessorWriter.Target(method, runFallback: "__call.Run")};");
        code.Close();
        code.Open("catch (global::System.Exception __exception)");
        code.Line("__call.Fail(__exception);");
        code.Line("throw;");
        code.Close();
        code.Line();
        WriteCompletion(code, method);
        code.Close();
    }

    private static void WriteInputs(CodeText code, TracedMethodModel method)
    {
        var captured = method.Parameters.Where(static p => p.Role == ParameterRole.Captured).ToArray();
        code.Open("if (__call.WantsInputs)");
        code.Open("try");
        foreach (var file in method.Parameters.Where(static p => p.Role == ParameterRole.Attached))
        {
            code.Line($"__call.Attach({file.Identifier});");
        }

        if (method.Settings.ProcessInputs is { } processor)
        {
            var arguments = processor.Parameters.Select(static name => "@" + name);
            code.Line($"{Captured}.WriteInputs(__call.BeginInputs(), {processor.Method}({string.Join(", ", arguments)}));");
        }
        else
        {
            code.Line("var __json = __call.BeginInputs();");
            code.Line("__json.WriteStartObject();");
            foreach (var parameter in captured)
            {
                code.Line($"__json.WritePropertyName({TypeText.Literal(parameter.Name)}u8);");
                code.Line($"{Captured}.Write(__json, {parameter.Identifier});");
            }

            code.Line("__json.WriteEndObject();");
        }

        code.Line("__call.EndInputs();");
        code.Close();
        code.Open("catch (global::System.Exception __exception)");
        code.Line("__call.DropInputs(__exception);");
        code.Close();
        code.Close();
        code.Line();
    }

    private static void WriteCompletion(CodeText code, TracedMethodModel method)
    {
        switch (method.Return)
        {
            case ReturnKind.Void:
                code.Line("__call.Complete();");
                break;
            case ReturnKind.Value:
                code.Line($"__call.Complete(__result{OutputProcessor(method)});");
                code.Line("return __result;");
                break;
            case ReturnKind.Task or ReturnKind.ValueTask:
                code.Line("return __call.CompleteAsync(__result);");
                break;
            case ReturnKind.TaskOfValue or ReturnKind.ValueTaskOfValue:
                code.Line($"return __call.CompleteAsync(__result{OutputProcessor(method)});");
                break;
            default:
                code.Line($"return __call.CompleteStream(__result, {ChunkRecorder(method)}, {ChunkWriter(method)});");
                break;
        }
    }

    private static string OutputProcessor(TracedMethodModel method) =>
        method.Settings is { CaptureOutputs: true, ProcessOutputs: { } processor }
            ? $", static (__json, __value) => {Captured}.WriteOutputs(__json, {processor.Method}(__value))"
            : "";

    private static string ChunkRecorder(TracedMethodModel method) =>
        method.Settings is { CaptureOutputs: true, ProcessChunk: { } processor }
            ? $"static __chunk => {processor.Method}(__chunk)"
            : "static __chunk => __chunk";

    private static string ChunkWriter(TracedMethodModel method)
    {
        if (!method.Settings.CaptureOutputs)
        {
            return "null";
        }

        // Apart from each other, because the chunks stand in for what a reducer that throws should have made, but for no processor's outputs.
        var reduce = method.Settings.ReduceChunks is { } reducer ? $"static __chunks => {reducer.Method}(__chunks), " : "";
        return reduce + (method.Settings.ProcessOutputs is { } processor
            ? $"static (__json, __value) => {Captured}.WriteOutputs(__json, {processor.Method}(__value))"
            : "null");
    }

    private static string OptionsOf(TracedMethodModel method)
    {
        var own = method.Parameters.FirstOrDefault(static p => p.Role == ParameterRole.Options);
        return own is null ? Signature.Options : $"{Signature.Options} ?? {own.Identifier}";
    }

    private static string EntryParameters(TracedMethodModel method) => string.Join(
        ", ",
        Signature.ReceiverParameter(method, withThis: false)
            .Concat(Signature.Parameters(method, withThis: false))
            .Concat([$"{Signature.RunOptions} {Signature.Options}"]));
}
