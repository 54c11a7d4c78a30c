<!DOCTYPE html>
<html lang="da">
<head><meta charset="utf-8"><title>Mål- og resultatstyring</title></head>
<body>
<h1>Mål- og resultatstyring</h1>
<p>Pdf'er åbner mål- og resultatplaner.</p>
<p><a href="javascript:__doPostBack('ctl00','')">Sortér</a> <a href="/_layouts/15/start.aspx#/planer.pdf">Vis liste</a>
<a href="mailto:post@sharepoint.example">Skriv til os</a></p>
<h2>Fyrstyrelsen</h2>
<h3>2018</h3>
<ul><li><a href="/SiteCollectionDocuments/Fyr/plan a.pdf">Mål- og resultatplan</a></li></ul>
<h3>2019</h3>
<ul><li><a href="/SiteCollectionDocuments/Fyr/plan b.PDF?Web=1">Mål- og resultatplan</a></li></ul>
<h2>Øvrige</h2>
<table>
<tr><th>Institution</th><th>År</th><th>Plan</th></tr>
<tr><td>Isberedskabet</td><td>2018</td><td><a href="/SiteCollectionDocuments/M%C3%A5l-%20og%20resultatplan%20is.pdf">Hent</a></td></tr>
<tr><td>Isberedskabet</td><td>2019</td><td><a href="/SiteCollectionDocuments/Mål- og resultatplan is 2019.pdf">Hent</a></td></tr>
<tr><td>Tangtilsynet</td><td>2019</td><td><a href="/Lists/Planer/DispForm.aspx?ID=7">Hent</a></td></tr>
<tr><td>Tangtilsynet</td><td>2020</td><td><a href="/Documents/tang2020.pdf">Hent</a></td></tr>
</table>
<p><a href="/videnom/Pages/Aarsrapporter.aspx">Årsrapporter</a></p>
</body>
</html>
