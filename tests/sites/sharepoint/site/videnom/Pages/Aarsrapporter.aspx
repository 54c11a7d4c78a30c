<!DOCTYPE html>
<html lang="da">
<head><meta charset="utf-8"><title>Årsrapporter</title></head>
<body>
<h1>Årsrapporter</h1>
<p><a href="/videnom/Pages/Aarsrapporter.aspx?SortField=Aar">År</a> <a href="/videnom/Pages/Maalogresultatstyring.aspx">Tilbage</a></p>
<p><a href="/Documents/FYR%20%C3%A5rsrapport%202018.pdf">Årsrapport</a></p>
<p><a href="/Documents/FYR årsrapport 2018.pdf">Årsrapport (samme adresse, skrevet med bogstaver)</a></p>
<p><a href="/Documents/logind.pdf">Årsrapport 2017</a></p>
</body>
</html>
