public partial class Email : Migration { }
